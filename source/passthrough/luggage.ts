import type {HoldReason} from '../exchange/exchange.js';
import {Answers} from './answers.js';
import type {Stand} from './attempt.js';
import {CourseRows} from './course-rows.js';
import {Itinerary} from './itinerary.js';
import type {Journey} from './journey.js';
import {Judge} from './judge.js';
import {Patience, type HoldOptions} from './patience.js';
import {Purse} from './purse.js';
import {Seat} from './seat.js';
import type {Received} from './stage.js';

/**
What is not streamed cannot be kept by comments: with less than this of its budget left its client may
give up on an answer that is paid for.
*/
const leastForWholeMs = 30_000;

/**
What one request has with it on its way.
*/
export class Luggage {
	readonly received: Received;
	readonly stand: Stand;
	readonly patience: Patience;
	readonly seat: Seat;
	readonly rows: CourseRows;
	readonly itinerary: Itinerary;
	readonly judge: Judge;
	readonly answers: Answers;
	readonly purse: Purse;

	constructor(received: Received, stand: Stand) {
		this.received = received;
		this.stand = stand;
		this.seat = new Seat(stand.world, received.beginning.side === true);
		this.rows = new CourseRows(received, stand);
		this.itinerary = new Itinerary(received, stand.world);
		this.judge = new Judge(received, stand);
		this.purse = new Purse(received, stand, this.seat.order);
		stand.exchange.purse = this.purse;
		this.answers = new Answers(stand.exchange, stand.world.now);
		this.patience = new Patience({
			...stand,
			takesComments:
				received.wanted.kind === 'generate' &&
				received.wanted.format === 'anthropic-messages' &&
				received.facts?.stream === true,
			silentMs: stand.world.inForce().config.hold.silentMs,
			onDraining: stand.world.onDraining,
			isDraining: stand.world.isDraining,
			now: stand.world.now,
		});
	}

	/**
	Free questions, and what we do not measure, are neither held nor counted.
	*/
	get isWork(): boolean {
		return this.received.wanted.kind === 'generate';
	}

	get journey(): Journey {
		return this.itinerary.journey;
	}

	/**
	Of the silence budget, in milliseconds, as far as it may be used.
	*/
	get leftMs(): number {
		const {leftMs} = this.patience;
		return this.received.facts?.stream === true
			? leftMs
			: Math.max(0, leftMs - leastForWholeMs);
	}

	goTo(index: number): void {
		this.journey.goTo(index);
		this.stand.exchange.fallbacks++;
	}

	/**
	Keeps it waiting, its row first.
	*/
	readonly hold = async (
		reason: HoldReason,
		ready: Promise<unknown>,
		options?: HoldOptions,
	): Promise<void> => {
		if (reason !== 'reserved') {
			// Whoever comes behind need not wait for what this one waits for; it keeps its rank.
			this.purse.leaveLine();
		}

		await this.rows.hold(reason, this.itinerary.planned);
		await this.patience.hold(reason, ready, options);
	};

	/**
	The same, until something else is in force: it may go where there is room.
	*/
	async holdUnlessSteered(
		reason: HoldReason,
		ready: Promise<unknown>,
		options?: HoldOptions,
	): Promise<void> {
		const stale = Promise.withResolvers<void>();
		const look = () => {
			if (this.itinerary.isStale) {
				stale.resolve();
			}
		};

		const stop = this.stand.world.onSteered(look);
		try {
			look();
			await this.hold(reason, Promise.race([ready, stale.promise]), options);
		} finally {
			stop();
		}
	}

	/**
	Waits for a moment (epoch milliseconds) before it is tried again.
	*/
	async holdUntil(atMs: number): Promise<void> {
		let timer: NodeJS.Timeout | undefined;
		const waited = new Promise<void>((resolve) => {
			timer = setTimeout(resolve, Math.max(0, atMs - this.stand.world.now()));
		});
		try {
			await this.holdUnlessSteered('backoff', waited, {until: atMs});
		} finally {
			clearTimeout(timer);
		}
	}
}
