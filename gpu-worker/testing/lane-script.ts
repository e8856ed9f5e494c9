/** What the first byte of an image makes a scripted lane do. */
export const script = { answer: 0, crash: 1, hang: 2, exit: 3 } as const;
