import type {billings} from '../exchange/exchange.js';
import type {Price} from '../exchange/price.js';
import type {WireFormatName} from '../exchange/usage.js';
import type {Steering} from './steering.js';

/**
The config in force, without secrets, so that nobody else guesses it from files.
*/
export type PublishedConfig = Readonly<{
	/**
	A passthrough of an older version says nothing of what follows the formats.
	*/
	endpoints: ReadonlyArray<
		Readonly<{
			name: string;
			url: string;
			formats: readonly WireFormatName[];
			billing?: (typeof billings)[number];
			priceMultiplier?: number;
			prices?: 'catalogue' | 'models';
		}>
	>;
	aliases: ReadonlyArray<
		Readonly<{
			name: string;
			targets: readonly string[];
			/**
			Whether it adds words of its own to the system prompt. An older version says nothing of it.
			*/
			hasSystem?: boolean;
			/**
			What its first target costs, nano-dollars a million tokens; null where that is not known.
			*/
			price?: Readonly<{
				input: number;
				output: number;
				cacheWrite5m: number;
				/**
				Missing where it is not known, as is what follows; an older version says nothing of them.
				*/
				cacheRead?: number | undefined;
				/**
				Tokens that fit into a prompt of the first target.
				*/
				context?: number | undefined;
			}> | null;
		}>
	>;
	/**
	What follows the active alias, and what becomes of the rest. An older version says nothing of it.
	*/
	steer?: readonly string[];
	background?: string;
	hold?: Readonly<{silentMs: number; mode: 'hold' | 'refuse'}>;
	/**
	What happens to requests while the log cannot be written. An older version says nothing of it.
	*/
	ifNotRecording?: 'serve' | 'refuse';
	/**
	The user's own, nano-dollars. An older version says nothing of them.
	*/
	prices?: ReadonlyArray<Readonly<{model: string; price: Price}>>;
	/**
	Name of the endpoint that gets what no alias decides.
	*/
	endpoint: string;
	/**
	The IANA name of the zone that days are counted in, and when they begin (`HH:MM`). A passthrough of
	an older version says nothing of it.
	*/
	day?: Readonly<{timezone: string; startsAt: string}>;
}>;

/**
What a passthrough says of itself beside the log, refreshed every second.
*/
export type PassthroughRow = Readonly<{
	/**
	Unique for each run of a passthrough; also in `x-tollgate-hop` and as `owner` of its exchanges.
	*/
	instance: string;
	home: string;
	pid: number;
	version: string;
	/**
	`http://127.0.0.1:4141`
	*/
	url: string;
	/**
	Epoch milliseconds.
	*/
	startedAt: number;
	heartbeatAt: number;
	state: 'serving' | 'draining' | 'stopped';
	config: PublishedConfig;
	/**
	Null in rows of versions that cannot steer.
	*/
	steering?: Steering | null;
}>;

/**
What a passthrough answers to those who ask over its port who it is.
*/
export type Identity = Readonly<{
	instance: string;
	home: string;
	pid: number;
	version: string;
	startedAt: number;
	state: PassthroughRow['state'];
	/**
	False while the usage log cannot be written.
	*/
	recording: boolean;
	notRecordingSince: number | undefined;
	/**
	Why it cannot be written, in words.
	*/
	notRecordingReason: string | undefined;
	/**
	Exchanges now open.
	*/
	open: number;
	/**
	Where a broken usage log was moved to in this run.
	*/
	movedAside: string | undefined;
	config: PublishedConfig;
	/**
	A passthrough of an older version says nothing of it.
	*/
	steering?: Steering;
}>;
