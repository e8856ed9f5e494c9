/** The array of a thermal sensor: 24 rows of 32 cells, row by row. */
export const rows = 24;
export const columns = 32;
export const pixels = rows * columns;
