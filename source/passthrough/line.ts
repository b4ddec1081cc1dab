/**
A place in a line, kept until it is left.
*/
export type LinePlace = Readonly<{
	/**
	Nobody who waits stands before it.
	*/
	readonly isFirst: boolean;
	/**
	Settles the next time the first in line is called, if this is the first then.
	*/
	turn(): Promise<void>;
	/**
	It has been told to wait: whoever comes behind does so too.
	*/
	wait(): void;
	leave(): void;
}>;

type Entry = {
	readonly order: number;
	go: (() => void) | undefined;
	isWaiting: boolean;
};

/**
Those who want the same thing, first come first served: of those who wait only the first is called, and the
next once that one has left. Who has not been told to wait keeps nobody waiting.
*/
export class Line {
	readonly #waiting: Entry[] = [];

	get isEmpty(): boolean {
		return this.#waiting.length === 0;
	}

	join(order: number): LinePlace {
		const one: Entry = {order, go: undefined, isWaiting: false};
		const before = this.#waiting.findLastIndex((other) => other.order < order);
		this.#waiting.splice(before + 1, 0, one);
		const waiting = this.#waiting;
		const call = () => {
			this.call();
		};

		const isFirst = () =>
			waiting.find((other) => other === one || other.isWaiting) === one;
		return {
			get isFirst() {
				return isFirst();
			},
			async turn() {
				return new Promise((resolve) => {
					one.go = resolve;
				});
			},
			wait() {
				one.isWaiting = true;
			},
			leave() {
				const index = waiting.indexOf(one);
				if (index === -1) {
					return;
				}

				const wasFirst = isFirst();
				waiting.splice(index, 1);
				if (wasFirst) {
					call();
				}
			},
		};
	}

	/**
	The first may look again.
	*/
	call(): void {
		for (const one of this.#waiting) {
			one.go?.();
			if (one.isWaiting) {
				return;
			}
		}
	}
}
