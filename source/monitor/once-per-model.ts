import type {Model} from './model.js';

/**
Several parts of the screen ask for the same sums: each is reckoned once for every model.
*/
export function oncePerModel<Value>(
	of: (model: Model) => Value,
): (model: Model) => Value {
	const known = new WeakMap<Model, Readonly<{value: Value}>>();
	return (model) => {
		const before = known.get(model);
		if (before) {
			return before.value;
		}

		const value = of(model);
		known.set(model, {value});
		return value;
	};
}
