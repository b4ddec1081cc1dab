import type {PassthroughRow} from '../control/passthrough-row.js';
import type {LogReader} from '../usage-log/news.js';
import {configOf, connectionOf, identityOf} from './connection.js';
import {Days} from './day.js';
import {keptEnded} from './known-since.js';
import {LastSent} from './last-sent.js';
import {sessionsRead} from './session-list.js';
import {decided} from './steering-of.js';
import type {Store} from './store.js';
import type {MonitorWorld} from './world.js';

type LogWorld = Omit<MonitorWorld, 'supervisor'>;

const hourMs = 3_600_000;
/**
What only flows on is drawn twice a second: what begins and ends is seen sooner.
*/
const flowMs = 500;
/**
That a log cannot be opened is told of after as many tries, one each second.
*/
const patience = 3;
/**
Seconds without a commit to this log by a passthrough that says it records.
*/
const abandonedAfter = 5;

/**
Carries what changes in the log, and beside it, into the store; sends nothing when nothing changed.
*/
export class LogFollower {
	readonly #world: LogWorld;
	readonly #store: Store;
	readonly #days = new Days();
	#reader: LogReader | undefined;
	#failures = 0;
	#silentSeconds = 0;
	#version: number | undefined;
	#revision = 0;
	#totalsDay: number | undefined;
	/**
	What is looked at beside the list, and of which day, as it was read last.
	*/
	#looked = '';
	readonly #sent = new LastSent();
	/**
	Whose row was read since the last second; nobody's where it is null.
	*/
	#readRowOf: string | undefined | null = null;

	constructor(world: LogWorld, store: Store) {
		this.#world = world;
		this.#store = store;
	}

	/**
	What was committed since the last time: cheap enough for several times a second.
	*/
	poll(): void {
		this.#trying(() => {
			if (this.#reader && this.#reader.dataVersion() !== this.#version) {
				this.#readNews(this.#reader);
			}
		});
	}

	/**
	What is due once a second: the clock, the totals, and another try at what failed.
	*/
	second(): void {
		this.#store.sendSoon({kind: 'tick', nowMs: this.#world.now()}, flowMs);
		this.#leaveAbandonedLog();
		if (this.#readRowOf !== this.#instance()) {
			this.#readPassthrough();
		}

		this.#readRowOf = null;
		this.#trying(() => {
			if (!this.#reader) {
				this.#attach();
			}

			this.#readUpkeep();
			this.#sumToday();
		});
	}

	/**
	As `second`, and waits for what that may have to load.
	*/
	async all(): Promise<void> {
		this.second();
		await this.#days.ready();
		this.#trying(() => {
			this.#sumToday();
		});
	}

	/**
	Reads what somebody has begun to look at.
	*/
	look(): void {
		this.#trying(() => {
			this.#readLookedAt();
		});
	}

	close(): void {
		try {
			this.#reader?.close();
		} catch {
			// It is given up because it does not work.
		}

		this.#reader = undefined;
	}

	#trying(read: () => void): void {
		try {
			read();
		} catch (error) {
			this.#lose(error);
		}
	}

	#lose(error: unknown): void {
		this.close();
		this.#failures++;
		if (this.#failures < patience) {
			return;
		}

		const reason = error instanceof Error ? error.message : String(error);
		const log = {kind: 'unreadable', reason} as const;
		this.#sent.changed('logState', log, () => {
			this.#store.sendSoon({kind: 'logState', log});
		});
	}

	#attach(): void {
		const reader = this.#world.openReader();
		if (reader instanceof Error) {
			throw reader;
		}

		this.#reader = reader;
		this.#version = reader.dataVersion();
		this.#silentSeconds = 0;
		const news = reader.attach({
			limit: keptEnded,
			attemptsSinceMs: this.#world.now() - hourMs,
		});
		this.#revision = news.revision;
		this.#failures = 0;
		this.#totalsDay = undefined;
		this.#looked = '';
		this.#sent.forget('logState');
		this.#store.sendSoon({kind: 'attached', news});
		this.#readLive(reader);
		this.#readLimits(reader);
	}

	#readNews(reader: LogReader): void {
		// Asked before reading: what is committed meanwhile is then read next time.
		this.#version = reader.dataVersion();
		this.#silentSeconds = 0;
		const news = reader.since(this.#revision);
		this.#revision = news.revision;
		if (news.exchanges.length > 0 || news.attempts.length > 0) {
			this.#totalsDay = undefined;
			this.#store.sendSoon({kind: 'tick', nowMs: this.#world.now()});
			this.#store.sendSoon({kind: 'news', news});
			this.#readLimits(reader);
		}

		this.#readLive(reader);
		this.#readPassthrough();
	}

	#readLive(reader: LogReader): void {
		const rows = reader.live();
		this.#sent.changed('live', rows, () => {
			if (rows.some(({holdReason}) => holdReason === 'cap')) {
				// Since when it asks is to be known better than by the second.
				this.#store.sendSoon({kind: 'tick', nowMs: this.#world.now()});
			}

			this.#store.sendSoon({kind: 'live', rows}, flowMs);
		});
	}

	#readLimits(reader: LogReader): void {
		const limits = reader.limits();
		this.#sent.changed('limits', limits, () => {
			this.#store.sendSoon({kind: 'limits', limits});
		});
	}

	#instance(): string | undefined {
		return identityOf(this.#store.model())?.instance;
	}

	#readPassthrough(): void {
		const instance = this.#instance();
		this.#readRowOf = instance;
		const rows = this.#knownPassthroughs();
		const row: PassthroughRow | undefined =
			rows.find((one) => one.instance === instance) ?? rows[0];
		const before = decided(this.#store.model());
		this.#sent.changed('passthrough', row, () => {
			this.#store.sendSoon({kind: 'passthrough', row});
		});
		// Who paused or edited the config, or waits for it, sees it at once.
		if (decided(this.#store.model()) !== before) {
			this.#store.send({kind: 'tick', nowMs: this.#world.now()});
		}
	}

	#knownPassthroughs(): readonly PassthroughRow[] {
		try {
			return this.#world.passthroughs();
		} catch {
			// They stand beside the log; that it cannot be read is noticed and told of there.
			return [];
		}
	}

	#sumToday(): void {
		this.#readTotals();
		this.#readLookedAt();
	}

	#readTotals(): void {
		const dayMs = this.#today();
		if (!this.#reader || dayMs === undefined || this.#totalsDay === dayMs) {
			return;
		}

		this.#totalsDay = dayMs;
		// The parts of a day are read with its sums: both are on the screen.
		this.#looked = '';
		const totals = this.#reader.totals(dayMs);
		this.#sent.changed('totals', totals, () => {
			this.#store.sendSoon({kind: 'totals', totals, dayMs});
		});
	}

	#readUpkeep(): void {
		const share = this.#reader?.upkeep();
		this.#sent.changed('upkeep', share, () => {
			this.#store.sendSoon({kind: 'upkeep', share});
		});
	}

	#today(): number | undefined {
		const {day} = configOf(this.#store.model()) ?? {};
		return this.#days.startOf(this.#world.now(), day);
	}

	#readLookedAt(): void {
		const dayMs = this.#today();
		const {overlay, span} = this.#store.model();
		const wanted = [
			...(overlay === 'day' || span !== '5m' ? ['quarters'] : []),
			...(overlay === 'sessions' ? ['sessions'] : []),
		];
		const looked = [dayMs, ...wanted].join(' ');
		if (!this.#reader || dayMs === undefined || this.#looked === looked) {
			return;
		}

		this.#readTotals();
		this.#looked = looked;
		if (wanted.includes('quarters')) {
			const quarters = this.#reader.quarters(dayMs);
			this.#sent.changed('quarters', quarters, () => {
				this.#store.sendSoon({kind: 'quarters', quarters});
			});
			this.#sendHours();
		}

		if (!wanted.includes('sessions')) {
			return;
		}

		const sessions = this.#reader.sessions(dayMs, sessionsRead);
		this.#sent.changed('sessions', sessions, () => {
			this.#store.sendSoon({kind: 'sessions', sessions});
		});
	}

	#sendHours(): void {
		const {day} = configOf(this.#store.model()) ?? {};
		const hours = this.#days.hoursOf(this.#world.now(), day) ?? [];
		this.#sent.changed('hours', hours, () => {
			this.#store.sendSoon({kind: 'hours', hours});
		});
	}

	/**
	A log that was moved aside is followed to its grave by whoever has it open. A passthrough that
	records commits its heartbeat every second: where nothing is committed it writes another file.
	*/
	#leaveAbandonedLog(): void {
		const model = this.#store.model();
		const isRecording =
			connectionOf(model).kind === 'live' &&
			identityOf(model)?.recording === true;
		this.#silentSeconds = isRecording ? this.#silentSeconds + 1 : 0;
		if (!(this.#silentSeconds > abandonedAfter)) {
			return;
		}

		this.#silentSeconds = 0;
		this.close();
	}
}
