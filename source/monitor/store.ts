import {isSamePicture} from './calm.js';
import type {Model} from './model.js';
import {update, type Message} from './update.js';

/**
Holds the model, and says when to draw it.
*/
export type Store = Readonly<{
	/**
	Newest, drawn or not.
	*/
	model(): Model;
	/**
	What is drawn, or draws the same picture.
	*/
	drawn(): Model;
	subscribe(listener: () => void): () => void;
	/**
	Drawn at once: for what the user did.
	*/
	send(message: Message): void;
	/**
	Drawn within a quarter of a second, or `withinMs`, together with what else comes until then; where drawing goes
	on and on, a little later.
	*/
	sendSoon(message: Message, withinMs?: number): void;
	close(): void;
}>;

/**
At most four drawings a second for what happens by itself, and fewer where there are always some: nobody follows
them all, and somebody else works on this machine.
*/
const soonMs = 250;
const steadyMs = 400;
const isSteady = {drawings: 3, withinMs: 1000};

export function createStore(start: Model): Store {
	const listeners = new Set<() => void>();
	let model = start;
	let drawn = start;
	let drawnAtMs: readonly number[] = [];
	let timer: NodeJS.Timeout | undefined;
	let dueAtMs = Infinity;

	const draw = () => {
		clearTimeout(timer);
		timer = undefined;
		dueAtMs = Infinity;
		if (drawn === model) {
			return;
		}

		drawn = model;
		drawnAtMs = [...drawnAtMs, performance.now()].slice(-isSteady.drawings);
		for (const listener of listeners) {
			listener();
		}
	};

	const soon = () => {
		const isNew = drawnAtMs.length < isSteady.drawings;
		const spanMs = performance.now() - drawnAtMs[0]!;
		return isNew || spanMs > isSteady.withinMs ? soonMs : steadyMs;
	};

	return {
		model: () => model,
		drawn: () => drawn,
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		send(message) {
			model = update(model, message);
			draw();
		},
		sendSoon(message, withinMs = soon()) {
			model = update(model, message);
			if (timer === undefined && isSamePicture(drawn, model)) {
				return;
			}

			const wantedAtMs = (drawnAtMs.at(-1) ?? 0) + withinMs;
			if (!(wantedAtMs < dueAtMs)) {
				return;
			}

			clearTimeout(timer);
			dueAtMs = wantedAtMs;
			timer = setTimeout(draw, Math.max(0, wantedAtMs - performance.now()));
		},
		close() {
			clearTimeout(timer);
			listeners.clear();
		},
	};
}
