/**
How a screen is laid out. `ticker`: one row. `low`: two or three. `strip`: a few rows below each other's figures.
`column` and `wide`: room for figures and a list.
*/
export type Shape = 'ticker' | 'low' | 'strip' | 'column' | 'wide';

/**
From so many columns on the figures stand beside the list.
*/
export const twoPanesFrom = 140;

export function shapeOf(columns: number, rows: number): Shape {
	if (rows <= 1) {
		return 'ticker';
	}

	if (rows <= 3) {
		return 'low';
	}

	if (rows <= 11) {
		return 'strip';
	}

	return columns >= twoPanesFrom ? 'wide' : 'column';
}
