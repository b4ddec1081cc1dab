import {useMemo, useSyncExternalStore} from 'react';
import {isSamePicture} from '../calm.js';
import {frameOf, type Frame} from '../layout/frame.js';
import type {Model} from '../model.js';
import type {Store} from '../store.js';

/**
The frame to draw. The same object while nothing on it changes: then neither React nor Ink has work.
*/
export function useFrame(store: Store): Frame {
	const current = useMemo(() => frameSource(store), [store]);
	return useSyncExternalStore(store.subscribe, current);
}

/**
Answers the frame of what the store has drawn, made anew only where it can be another one.
*/
export function frameSource(
	store: Pick<Store, 'drawn'>,
	make: (model: Model) => Frame = frameOf,
): () => Frame {
	let seen = store.drawn();
	let model = seen;
	let frame = make(model);
	let text = JSON.stringify(frame);
	return () => {
		const now = store.drawn();
		if (now === seen) {
			return frame;
		}

		seen = now;
		if (isSamePicture(model, now)) {
			return frame;
		}

		model = now;
		const next = make(model);
		const nextText = JSON.stringify(next);
		if (nextText !== text) {
			frame = next;
			text = nextText;
		}

		return frame;
	};
}
