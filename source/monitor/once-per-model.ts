import type {Model} from './model.js';

/**
Reckons once for every object, and knows it from then on.
*/
export function once<Source extends object, Value>(
	of: (source: Source) => Value,
): (source: Source) => Value {
	const known = new WeakMap<Source, Readonly<{value: Value}>>();
	return (source) => {
		const before = known.get(source);
		if (before) {
			return before.value;
		}

		const value = of(source);
		known.set(source, {value});
		return value;
	};
}

/**
Several parts of the screen ask for the same sums: each is reckoned once for every model.
*/
export const oncePerModel = <Value>(
	of: (model: Model) => Value,
): ((model: Model) => Value) => once(of);
