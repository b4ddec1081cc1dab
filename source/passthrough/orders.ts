import type {By} from '../control/control-rows.js';
import {
	forgetDecisions,
	isOrder,
	type Decision,
	type OrderDecision,
} from '../control/decisions.js';
import type {Recorder} from '../usage-log/recorder.js';
import type {OpenExchange} from './open-exchange.js';

type Order = OrderDecision & By;

export type OrdersOptions = Readonly<{
	home: string;
	recorder: Pick<Recorder, 'progress'>;
	/**
	The requests that are under way here.
	*/
	open: ReadonlySet<Pick<OpenExchange, 'recording' | 'cancel' | 'resume'>>;
}>;

/**
What somebody asks of single requests under way: that one goes on, or that it ends. Each order is followed
once, and then forgotten in the log. Those about requests of others are let be: several passthroughs may share
a log.
*/
export class Orders {
	readonly #options: OrdersOptions;
	/**
	Followed, and still in the log, by exchange.
	*/
	readonly #followed = new Map<number, Order>();

	constructor(options: OrdersOptions) {
		this.#options = options;
	}

	/**
	There is nothing that an order could be about.
	*/
	get isIdle(): boolean {
		return this.#options.open.size === 0 && this.#followed.size === 0;
	}

	/**
	Follows what was decided, as the log of this `generation` says.
	*/
	take(
		decisions: ReadonlyMap<number, Decision & By>,
		generation: number,
	): void {
		for (const exchange of this.#options.open) {
			const {recording} = exchange;
			// Another log begins its numbers anew.
			if (recording?.id !== undefined && recording.generation === generation) {
				this.#follow(exchange, recording.id, decisions.get(recording.id));
			}
		}

		this.#forget();
	}

	#follow(
		exchange: Pick<OpenExchange, 'cancel' | 'resume'>,
		id: number,
		decision: (Decision & By) | undefined,
	): void {
		if (decision === undefined || !isOrder(decision)) {
			return;
		}

		const before = this.#followed.get(id);
		if (before?.kind === decision.kind && before.setAt === decision.setAt) {
			return;
		}

		this.#followed.set(id, decision);
		if (decision.kind === 'cancel') {
			exchange.cancel();
		} else {
			exchange.resume();
		}
	}

	/**
	Again at the next look where the log cannot be written now.
	*/
	#forget(): void {
		const {recorder, home} = this.#options;
		if (this.#followed.size === 0) {
			return;
		}

		const isWritten = recorder.progress([], (db) => {
			forgetDecisions(db, home, this.#followed);
		});
		if (isWritten) {
			this.#followed.clear();
		}
	}
}
