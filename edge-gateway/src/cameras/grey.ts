/** The small grey frame that motion and tampering are judged by, and its cells. */
export const greyWidth = 192;
export const greyHeight = 108;
export const greyBytes = greyWidth * greyHeight;

/** A cell is 6 x 6 pixels. */
export const cellSide = 6;
export const cellColumns = greyWidth / cellSide;
export const cellRows = greyHeight / cellSide;
export const cells = cellColumns * cellRows;
