import {delays} from '../policy/stagger.js';

/**
A place in the line before the gate.
*/
export type Place = Readonly<{
	/**
	Settles when it is this one's turn to go.
	*/
	turn: Promise<void>;
	/**
	Leaves the line.
	*/
	leave(): void;
}>;

/**
Where requests wait while we are paused. They leave in the order they came, one a moment after the
other, and whoever comes meanwhile goes to the end of the line.
*/
export class Gate {
	#isClosed = false;
	readonly #line: Array<Readonly<{order: number; go: () => void}>> = [];
	#timer: NodeJS.Timeout | undefined;

	/**
	Whoever comes now has to wait.
	*/
	get isShut(): boolean {
		return this.#isClosed || this.#line.length > 0;
	}

	get waiting(): number {
		return this.#line.length;
	}

	/**
	Takes a place in the line; `order` is that of arrival, the lower goes first.
	*/
	wait(order: number): Place {
		const {promise, resolve} = Promise.withResolvers<void>();
		const one = {order, go: resolve};
		const before = this.#line.findLastIndex((other) => other.order <= order);
		this.#line.splice(before + 1, 0, one);
		return {
			turn: promise,
			leave: () => {
				const index = this.#line.indexOf(one);
				if (index !== -1) {
					this.#line.splice(index, 1);
				}
			},
		};
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	open(): void {
		if (!this.#isClosed) {
			return;
		}

		this.#isClosed = false;
		this.#letGo(delays(this.#line.length)[1] ?? 0);
	}

	/**
	All who wait are to look again whether they may.
	*/
	turnAway(): void {
		for (const {go} of this.#line.splice(0)) {
			go();
		}
	}

	#letGo(gapMs: number): void {
		this.#line.shift()?.go();
		if (this.#line.length > 0) {
			this.#timer = setTimeout(() => {
				this.#letGo(gapMs);
			}, gapMs);
		}
	}
}
