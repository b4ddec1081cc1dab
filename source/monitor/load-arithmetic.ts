import {twoPanesFrom} from './layout/shape.js';
import type {Model} from './model.js';
import type {Store} from './store.js';

/**
Loads the prices when a detail is first looked at: most look at none, and the first frame need not wait.
*/
export function loadArithmetic(store: Store): () => void {
	const unsubscribe = store.subscribe(() => {
		if (!looksAtDetail(store.model())) {
			return;
		}

		unsubscribe();
		void load(store);
	});
	return unsubscribe;
}

const looksAtDetail = ({overlay, columns, exchanges}: Model): boolean =>
	overlay === 'detail' || (columns >= twoPanesFrom && exchanges.size > 0);

async function load(store: Store): Promise<void> {
	const {arithmeticOf} = await import('./arithmetic.js');
	store.sendSoon({kind: 'arithmetic', arithmetic: arithmeticOf});
}
