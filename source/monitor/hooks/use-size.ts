import {useLayoutEffect} from 'react';
import {useWindowSize} from 'ink';
import type {Store} from '../store.js';

/**
Tells the store how large the pane is.
*/
export function useSize(store: Store): void {
	const {columns, rows} = useWindowSize();
	useLayoutEffect(() => {
		const model = store.model();
		if (model.columns !== columns || model.rows !== rows) {
			store.send({kind: 'resized', columns, rows});
		}
	}, [store, columns, rows]);
}
