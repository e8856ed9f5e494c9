/** Vigil's mark: an eye that keeps a small light. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path d="M3 16c4-6.2 8.4-9 13-9s9 2.8 13 9c-4 6.2-8.4 9-13 9S7 22.2 3 16Z" />
      <circle cx="16" cy="16" r="4.5" />
    </svg>
  );
}
