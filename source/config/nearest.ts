/**
The name most like the one that was written, or undefined when none is near enough to be meant.
*/
export function nearest(
	written: string,
	names: Iterable<string>,
): string | undefined {
	const near = [...names]
		.map((name) => ({
			name,
			distance: distance(written.toLowerCase(), name.toLowerCase()),
		}))
		.filter(
			(candidate) =>
				candidate.distance <= Math.ceil(written.length / 3) &&
				candidate.distance < written.length,
		)
		.toSorted((a, b) => a.distance - b.distance);
	return near[0]?.name;
}

/**
Letters to insert, delete, replace or swap with their neighbour to get from one text to the other.
*/
function distance(from: string, to: string): number {
	const rows = [Array.from({length: to.length + 1}, (_, index) => index)];
	for (let i = 1; i <= from.length; i++) {
		const [above, row] = [rows[i - 1]!, [i]];
		for (let j = 1; j <= to.length; j++) {
			const same = from[i - 1] === to[j - 1];
			const swapped =
				i > 1 &&
				j > 1 &&
				from[i - 1] === to[j - 2] &&
				from[i - 2] === to[j - 1];
			const edited = Math.min(
				above[j]! + 1,
				row[j - 1]! + 1,
				above[j - 1]! + (same ? 0 : 1),
			);
			row.push(swapped ? Math.min(edited, rows[i - 2]![j - 2]! + 1) : edited);
		}

		rows.push(row);
	}

	return rows.at(-1)!.at(-1)!;
}
