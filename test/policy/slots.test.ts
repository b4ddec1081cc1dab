import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {Slots, type Ticket} from '../../source/policy/slots.js';

/** Asks under names, and remembers who was let in when. */
class Door {
	readonly slots: Slots;
	readonly let: string[] = [];
	readonly #tickets = new Map<string, Ticket>();
	#order = 0;

	constructor(max: number) {
		this.slots = new Slots(max);
	}

	ask(name: string, {order = this.#order++, isSide = false} = {}): Ticket {
		const ticket = this.slots.ask({
			order,
			isSide,
			granted: () => {
				this.let.push(name);
			},
		});
		this.#tickets.set(name, ticket);
		return ticket;
	}

	askAll(names: string): void {
		for (const name of names) {
			this.ask(name);
		}
	}

	leave(name: string): void {
		this.#tickets.get(name)!.release();
	}

	is(name: string): boolean {
		return this.#tickets.get(name)!.isGranted;
	}
}

describe('the queue', () => {
	test('who comes while there are slots goes at once', () => {
		const door = new Door(2);
		door.askAll('abc');
		expect(door.let).toEqual(['a', 'b']);
		expect([door.is('a'), door.is('c')]).toEqual([true, false]);
		expect([door.slots.inUse, door.slots.queued]).toEqual([2, 1]);
	});

	test('who leaves makes room for the next', () => {
		const door = new Door(1);
		door.askAll('abc');
		door.leave('a');
		expect(door.let).toEqual(['a', 'b']);
		door.leave('b');
		expect(door.let).toEqual(['a', 'b', 'c']);
		expect([door.is('a'), door.is('c')]).toEqual([false, true]);
	});

	test('who came first is first, however late it queues again', () => {
		const door = new Door(1);
		door.ask('running', {order: 1});
		door.ask('third', {order: 9});
		door.ask('second', {order: 5});
		door.ask('first', {order: 2});
		for (const name of ['running', 'first', 'second']) {
			door.leave(name);
		}

		expect(door.let).toEqual(['running', 'first', 'second', 'third']);
	});

	test('of two that came together the one that asked first is first', () => {
		const door = new Door(1);
		for (const name of ['a', 'b', 'c']) {
			door.ask(name, {order: 7});
		}

		door.leave('a');
		expect(door.let).toEqual(['a', 'b']);
	});

	test('who leaves the queue is not let in', () => {
		const door = new Door(1);
		door.askAll('abc');
		door.leave('b');
		expect(door.slots.queued).toBe(1);
		door.leave('a');
		expect(door.let).toEqual(['a', 'c']);
	});

	test('to leave twice is to leave once', () => {
		const door = new Door(1);
		door.askAll('abc');
		door.leave('a');
		door.leave('a');
		expect(door.let).toEqual(['a', 'b']);
		door.leave('c');
		door.leave('c');
		expect([door.slots.inUse, door.slots.queued]).toEqual([1, 0]);
	});

	test('who is let in may ask and leave before it has its ticket', () => {
		const slots = new Slots(2);
		const seen: string[] = [];
		const inner: Ticket[] = [];
		const first = slots.ask({
			order: 0,
			isSide: false,
			granted() {
				inner.push(
					slots.ask({
						order: 1,
						isSide: false,
						granted() {
							seen.push('inner');
						},
					}),
				);
				seen.push('outer');
			},
		});
		expect(seen).toEqual(['inner', 'outer']);
		expect(slots.inUse).toBe(2);
		first.release();
		inner[0]!.release();
		expect(slots.inUse).toBe(0);
	});
});

describe('side requests', () => {
	const side = {isSide: true};

	test('one runs beside the slots when all are taken', () => {
		const door = new Door(1);
		door.askAll('ab');
		door.ask('title', side);
		door.ask('another', side);
		expect(door.let).toEqual(['a', 'title']);
		expect(door.slots.inUse).toBe(2);
		door.leave('title');
		expect(door.let).toEqual(['a', 'title', 'another']);
	});

	test('they take a slot where there is one', () => {
		const door = new Door(2);
		door.ask('title', side);
		door.askAll('ab');
		door.ask('another', side);
		expect(door.let).toEqual(['title', 'a', 'another']);
	});

	test('one that runs beside the slots keeps nobody from his', () => {
		const door = new Door(1);
		door.askAll('ab');
		door.ask('title', side);
		door.leave('a');
		expect(door.let).toEqual(['a', 'title', 'b']);
	});

	test('they wait in the queue like all others', () => {
		const door = new Door(1);
		door.askAll('a');
		door.ask('beside', side);
		door.ask('title', side);
		door.askAll('b');
		door.leave('a');
		expect(door.let).toEqual(['a', 'beside', 'title']);
		door.leave('title');
		expect(door.let).toEqual(['a', 'beside', 'title', 'b']);
	});

	test('one runs also where those with a slot are more than slots now', () => {
		const door = new Door(4);
		door.askAll('abcd');
		door.slots.limited(0);
		door.ask('title', side);
		door.ask('another', side);
		expect(door.let.join(' ')).toBe('a b c d title');
	});
});

describe('how many slots there are', () => {
	type Step = readonly ['limited' | 'calm' | 'max', number];
	test.each<readonly [string, number, readonly Step[], number]>([
		['as many as the config says', 8, [], 8],
		['half after a 429', 8, [['limited', 0]], 4],
		['rounded down', 5, [['limited', 0]], 2],
		['one at least', 1, [['limited', 0]], 1],
		[
			'half once for several 429s together',
			8,
			[
				['limited', 0],
				['limited', 500],
				['limited', 999],
			],
			4,
		],
		[
			'half of that a second later',
			8,
			[
				['limited', 0],
				['limited', 1000],
			],
			2,
		],
		[
			'no more before it was calm',
			8,
			[
				['limited', 0],
				['calm', 9999],
			],
			4,
		],
		[
			'one more after a calm while',
			8,
			[
				['limited', 0],
				['calm', 10_000],
				['calm', 10_001],
			],
			5,
		],
		[
			'one more after the next',
			8,
			[
				['limited', 0],
				['calm', 11_000],
				['calm', 20_000],
			],
			6,
		],
		[
			'as many more as there were calm whiles',
			8,
			[
				['limited', 0],
				['calm', 35_000],
			],
			7,
		],
		[
			'never more than the config says',
			8,
			[
				['limited', 0],
				['calm', 900_000],
				['calm', 1_800_000],
			],
			8,
		],
		[
			'each 429 ends the calm',
			8,
			[
				['limited', 0],
				['limited', 900],
				['calm', 10_800],
			],
			4,
		],
		['calm when there was no 429 changes nothing', 8, [['calm', 1_000_000]], 8],
		['more when the config says more', 2, [['max', 8]], 8],
		['fewer when it says fewer', 8, [['max', 2]], 2],
		[
			'not more while the endpoint wants fewer',
			8,
			[
				['limited', 0],
				['max', 16],
			],
			4,
		],
		[
			'but the new number in the end',
			2,
			[
				['limited', 0],
				['max', 4],
				['calm', 90_000],
			],
			4,
		],
		[
			'fewer than the endpoint wants when the config says so',
			8,
			[
				['limited', 0],
				['max', 3],
			],
			3,
		],
		[
			'half after a clock was put back',
			8,
			[
				['limited', 1_000_000],
				['limited', 0],
			],
			2,
		],
		[
			'one more a calm while after a clock was put back',
			8,
			[
				['limited', 1_000_000],
				['calm', 0],
				['calm', 10_000],
			],
			5,
		],
	])('%s', (...[, max, steps, expected]) => {
		const slots = new Slots(max);
		for (const [what, value] of steps) {
			if (what === 'max') {
				slots.setMax(value);
			} else {
				slots[what](value);
			}
		}

		expect(slots.slots).toBe(expected);
	});

	test('a 429 to what was sent before they were halved halves them no more', () => {
		const slots = new Slots(8);
		slots.limited(10_000, 9000);
		slots.limited(12_000, 9500);
		expect(slots.slots).toBe(4);
		slots.limited(14_000, 13_000);
		expect(slots.slots).toBe(2);
	});

	test('who has a slot keeps it when there are fewer; the others wait longer', () => {
		const door = new Door(4);
		door.askAll('abcdef');
		door.slots.limited(0);
		expect(door.slots.inUse).toBe(4);
		door.leave('a');
		door.leave('b');
		expect(door.let.join('')).toBe('abcd');
		door.leave('c');
		expect(door.let.join('')).toBe('abcde');
	});

	test('who waits is let in when there are more', () => {
		const door = new Door(2);
		door.slots.limited(0);
		door.askAll('abc');
		door.slots.calm(30_000);
		expect(door.let.join('')).toBe('ab');
		door.slots.setMax(2);
		expect(door.let.join('')).toBe('ab');
		door.slots.setMax(3);
		expect(door.let.join('')).toBe('abc');
	});
});

type Event = Readonly<
	| {kind: 'ask'; order: number; isSide: boolean}
	| {kind: 'release'; which: number}
	| {kind: 'limited' | 'calm'; after: number}
	| {kind: 'max'; max: number}
>;

const events: fc.Arbitrary<Event> = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.record({
			kind: fc.constant('ask' as const),
			order: fc.nat(50),
			isSide: fc.boolean(),
		}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('release' as const),
			which: fc.nat(),
		}),
	},
	fc.record({
		kind: fc.constantFrom('limited' as const, 'calm' as const),
		after: fc.nat(40_000),
	}),
	fc.record({
		kind: fc.constant('max' as const),
		max: fc.integer({min: 1, max: 9}),
	}),
);

type Asked = {
	order: number;
	isSide: boolean;
	isOver: boolean;
	grants: number;
	ticket: Ticket;
};

/** As long as nobody has told it otherwise. */
const queuedStill = new Slots(1).ask({
	order: 0,
	isSide: false,
	granted: () => undefined,
});
queuedStill.release();

/** What must hold after whatever happened. */
function check(
	slots: Slots,
	asked: readonly Asked[],
	left: ReadonlySet<Asked>,
) {
	const here = asked.filter((one) => !left.has(one));
	const running = here.filter(({ticket}) => ticket.isGranted);
	const waiting = here.filter(({ticket}) => !ticket.isGranted);
	expect([slots.inUse, slots.queued]).toEqual([running.length, waiting.length]);
	expect(asked.every(({grants}) => grants <= 1)).toBe(true);
	expect(
		here.every(({grants, ticket}) => ticket.isGranted === (grants === 1)),
	).toBe(true);
	// Nobody waits for nothing, side requests least of all.
	expect(waiting.length === 0 || running.length >= slots.slots).toBe(true);
	expect(
		waiting.every(({isSide}) => !isSide) || running.length > slots.slots,
	).toBe(true);
	expect(slots.slots).toBeGreaterThanOrEqual(1);
}

test('whatever comes, leaves and is limited: never too many, in order, and nothing is lost', () => {
	fc.assert(
		fc.property(
			fc.integer({min: 1, max: 8}),
			fc.array(events, {maxLength: 120}),
			(max, script) => {
				const slots = new Slots(max);
				const asked: Asked[] = [];
				const left = new Set<Asked>();
				let nowMs = 0;
				for (const event of script) {
					switch (event.kind) {
						case 'ask': {
							const one: Asked = {
								order: event.order,
								isSide: event.isSide,
								isOver: false,
								grants: 0,
								ticket: queuedStill,
							};
							asked.push(one);
							one.ticket = slots.ask({
								order: one.order,
								isSide: one.isSide,
								granted() {
									one.grants++;
									// One beside the slots, no more; and only a side request where there had been more slots.
									const others = slots.inUse - 1;
									if (others > slots.slots) {
										expect(one.isSide).toBe(true);
										expect(
											asked.some(
												({ticket, isOver}) => isOver && ticket.isGranted,
											),
										).toBe(false);
										one.isOver = true;
									}

									const passedOver = asked.filter(
										(other) =>
											other !== one &&
											other.grants === 0 &&
											!left.has(other) &&
											!other.isSide &&
											other.order < one.order,
									);
									expect(one.isSide || passedOver.length === 0).toBe(true);
								},
							});
							break;
						}

						case 'release': {
							const one = asked[event.which % Math.max(1, asked.length)];
							if (one !== undefined) {
								left.add(one);
								one.ticket.release();
							}

							break;
						}

						case 'limited':
						case 'calm': {
							nowMs += event.after;
							slots[event.kind](nowMs);
							break;
						}

						case 'max': {
							slots.setMax(event.max);
							expect(slots.slots).toBeLessThanOrEqual(event.max);
							break;
						}
					}

					check(slots, asked, left);
				}

				for (const one of asked) {
					left.add(one);
					one.ticket.release();
				}

				expect([slots.inUse, slots.queued]).toEqual([0, 0]);
			},
		),
		{numRuns: 300},
	);
});
