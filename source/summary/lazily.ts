/**
Something else for each of many, made when it is asked for. Can be gone through as often as the many.
*/
export const mapped = <From, To>(
	items: Iterable<From>,
	change: (item: From) => To,
): Iterable<To> => ({
	*[Symbol.iterator]() {
		for (const item of items) {
			yield change(item);
		}
	},
});

/**
Many things, so many at a time.

@yields At least one.
*/
export function* batches<Item>(
	items: Iterable<Item>,
	size: number,
): Generator<readonly Item[]> {
	let batch: Item[] = [];
	for (const item of items) {
		batch.push(item);
		if (batch.length !== size) {
			continue;
		}

		yield batch;
		batch = [];
	}

	if (batch.length > 0) {
		yield batch;
	}
}
