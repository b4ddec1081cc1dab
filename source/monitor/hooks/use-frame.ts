import {useMemo, useSyncExternalStore} from 'react';
import {frameOf, type Frame} from '../layout/frame.js';
import type {Store} from '../store.js';

/**
The frame to draw. The same object while nothing on it changes: then neither React nor Ink has work.
*/
export function useFrame(store: Store): Frame {
	const current = useMemo(() => frameSource(store), [store]);
	return useSyncExternalStore(store.subscribe, current);
}

const frameSource = (store: Store): (() => Frame) => {
	let model = store.drawn();
	let frame = frameOf(model);
	let text = JSON.stringify(frame);
	return () => {
		if (store.drawn() === model) {
			return frame;
		}

		model = store.drawn();
		const next = frameOf(model);
		const nextText = JSON.stringify(next);
		if (nextText !== text) {
			frame = next;
			text = nextText;
		}

		return frame;
	};
};
