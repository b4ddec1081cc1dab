/**
A place in the queue, then a slot.
*/
export type Ticket = Readonly<{
	/**
	It has a slot now.
	*/
	isGranted: boolean;
	/**
	Gives the slot back, or leaves the queue. A second time it does nothing.
	*/
	release(): void;
}>;

export type SlotRequest = Readonly<{
	/**
	Of arrival: the lower is served first.
	*/
	order: number;
	/**
	A small request beside the conversation, such as a title.
	*/
	isSide: boolean;
	/**
	Called once, when the slot is there: perhaps before `ask` has returned. It must not throw.
	*/
	granted(): void;
}>;

const togetherMs = 1000;
const calmMs = 10_000;

type Held = 'slot' | 'beside';
type Entry = SlotRequest & {held: Held | 'queue' | undefined};

/**
How many requests an endpoint is given at once. Fewer after a 429, one more after each calm while. First
come, first served; when all slots are taken, one side request may run beside them.
*/
export class Slots {
	#max: number;
	#slots: number;
	#taken = 0;
	#beside = 0;
	readonly #queue: Entry[] = [];
	#halvedAt = -Infinity;
	#calmSince = -Infinity;

	constructor(max: number) {
		this.#max = max;
		this.#slots = max;
	}

	get slots(): number {
		return this.#slots;
	}

	/**
	Requests that have a slot or run beside them. For a while more than slots, where those were lowered.
	*/
	get inUse(): number {
		return this.#taken + this.#beside;
	}

	get queued(): number {
		return this.#queue.length;
	}

	/**
	As many as there may be at most. What a 429 has lowered stays lowered.
	*/
	setMax(max: number): void {
		this.#slots = this.#slots === this.#max ? max : Math.min(this.#slots, max);
		this.#max = max;
		this.#serve();
	}

	ask(request: SlotRequest): Ticket {
		const entry: Entry = {...request, held: 'queue'};
		const before = this.#queue.findLastIndex(({order}) => order <= entry.order);
		this.#queue.splice(before + 1, 0, entry);
		this.#serve();
		const release = () => {
			this.#release(entry);
		};

		return {
			get isGranted() {
				return entry.held === 'slot' || entry.held === 'beside';
			},
			release,
		};
	}

	/**
	The endpoint said 429 to a request that was sent at `sentAt`. Several within a second are one, and so are
	those to requests that were under way already when the slots were halved.
	*/
	limited(nowMs: number, sentAt = nowMs): void {
		this.#calmSince = nowMs;
		const isBehind = nowMs >= this.#halvedAt && sentAt < this.#halvedAt;
		if (isBehind || Math.abs(nowMs - this.#halvedAt) < togetherMs) {
			return;
		}

		this.#halvedAt = nowMs;
		this.#slots = Math.max(1, Math.floor(this.#slots / 2));
	}

	/**
	Gives back a slot for each calm interval since the last 429. To be called often.
	*/
	calm(nowMs: number): void {
		if (this.#slots === this.#max) {
			return;
		}

		// A clock that was put back must not make the calm last.
		this.#calmSince = Math.min(this.#calmSince, nowMs);
		const intervals = Math.floor((nowMs - this.#calmSince) / calmMs);
		if (intervals === 0) {
			return;
		}

		this.#calmSince += intervals * calmMs;
		this.#slots = Math.min(this.#max, this.#slots + intervals);
		this.#serve();
	}

	#release(entry: Entry): void {
		const {held} = entry;
		entry.held = undefined;
		switch (held) {
			case 'queue': {
				this.#queue.splice(this.#queue.indexOf(entry), 1);
				break;
			}

			case 'slot': {
				this.#taken--;
				this.#serve();
				break;
			}

			case 'beside': {
				this.#beside--;
				this.#serve();
				break;
			}

			case undefined:
		}
	}

	#serve(): void {
		// Who is told may ask or release at once: each round looks anew.
		for (;;) {
			const held = this.#taken < this.#slots ? 'slot' : 'beside';
			const place = held === 'slot' ? 0 : this.#placeOfSide();
			const [entry] = place === -1 ? [] : this.#queue.splice(place, 1);
			if (entry === undefined) {
				return;
			}

			this.#grant(entry, held);
		}
	}

	/**
	Of the side request that may run beside the slots; -1 for none.
	*/
	#placeOfSide(): number {
		return this.#beside === 0
			? this.#queue.findIndex(({isSide}) => isSide)
			: -1;
	}

	#grant(entry: Entry, held: Held): void {
		entry.held = held;
		if (held === 'slot') {
			this.#taken++;
		} else {
			this.#beside++;
		}

		entry.granted();
	}
}
