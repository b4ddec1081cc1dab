/**
A place in a line, kept until it is left.
*/
export type LinePlace = Readonly<{
	/**
	Nobody stands before it.
	*/
	readonly isFirst: boolean;
	/**
	Settles the next time the first in line is called, if this is the first then.
	*/
	turn(): Promise<void>;
	leave(): void;
}>;

/**
Those who wait for the same thing, first come first served: only the first is called, and the next once
that one has left.
*/
export class Line {
	readonly #waiting: Array<{
		readonly order: number;
		go: (() => void) | undefined;
	}> = [];

	get isEmpty(): boolean {
		return this.#waiting.length === 0;
	}

	/**
	Whether somebody stands before one of this `order`.
	*/
	hasBefore(order: number): boolean {
		return this.#waiting.some((one) => one.order < order);
	}

	join(order: number): LinePlace {
		const one: {readonly order: number; go: (() => void) | undefined} = {
			order,
			go: undefined,
		};
		const before = this.#waiting.findLastIndex((other) => other.order < order);
		this.#waiting.splice(before + 1, 0, one);
		const waiting = this.#waiting;
		const call = () => {
			this.call();
		};

		return {
			get isFirst() {
				return waiting[0] === one;
			},
			async turn() {
				return new Promise((resolve) => {
					one.go = resolve;
				});
			},
			leave() {
				const index = waiting.indexOf(one);
				if (index === -1) {
					return;
				}

				waiting.splice(index, 1);
				if (index === 0) {
					call();
				}
			},
		};
	}

	/**
	The first may look again.
	*/
	call(): void {
		this.#waiting[0]?.go?.();
	}
}
