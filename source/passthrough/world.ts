import type {Config, Endpoint} from '../config/config.js';
import type {PriceBook} from '../pricing/price-book.js';
import type {Recorder} from '../usage-log/recorder.js';
import type {Door} from '../policy/door.js';
import type {Uploads} from './body.js';
import type {Asked} from './asked.js';
import type {Caps} from './caps.js';
import type {Helm} from './helm.js';
import type {OpenExchange} from './open-exchange.js';
import type {Memory} from './recollection.js';
import type {Slabs} from './slabs.js';
import type {Traffic} from './traffic.js';
import type {Warnings} from './warnings.js';
import type {Watch} from './watch.js';
import type {Upstream} from './upstream.js';
import type {YoungGarbage} from './young-garbage.js';

/**
An endpoint as the path of a request sees it.
*/
export type ReachableEndpoint = Readonly<{
	config: Endpoint;
	upstream: Upstream;
	/**
	Our key for it; undefined: the agent's own goes on.
	*/
	key: string | undefined;
	/**
	Those of local keys that have their own for it.
	*/
	keysOf: ReadonlyMap<string, string>;
	/**
	What its models cost.
	*/
	prices: PriceBook;
	/**
	What to clean from its texts.
	*/
	secrets: readonly string[];
}> & {
	/**
	It answered 400 to a usage option of ours: it is asked no more.
	*/
	refusesUsageOption: boolean;
};

/**
A config, and what was made of it. A request keeps to the one it was routed by, whatever comes after.
*/
export type InForce = Readonly<{
	config: Config;
	/**
	There a moment after we listen.
	*/
	endpoints: Promise<ReadonlyMap<string, ReachableEndpoint>>;
}>;

/**
What the path of a request may touch of the outside. Built in passthrough.ts, and by tests.
*/
export type World = Readonly<{
	instance: string;
	/**
	Epoch milliseconds: when this run began.
	*/
	startedAt: number;
	now(): number;
	inForce(): InForce;
	recorder: Recorder;
	/**
	The active alias, and whether requests have to wait.
	*/
	helm: Helm;
	traffic: Traffic;
	/**
	The daily caps, and those about whom somebody is asked.
	*/
	caps: Caps;
	asked: Asked;
	watch: Watch;
	warnings: Warnings;
	/**
	Whether somebody is there who may decide.
	*/
	isSomebodyThere(): boolean;
	/**
	Grows with every request: who came first is served first.
	*/
	nextOrder(): number;
	/**
	Keyed with a secret of this home: says that two bodies are the same and nothing else.
	*/
	hashBody(body: Uint8Array): string;
	memory: Memory;
	open: Set<OpenExchange>;
	uploads: Uploads;
	slabs: Slabs;
	garbage: YoungGarbage;
	/**
	Where we listen and who may come in: known once we listen.
	*/
	door(): Door;
	isDraining(): boolean;
	/**
	Called once when we are asked to leave. Answers how to stop listening.
	*/
	onDraining(listener: () => void): () => void;
	/**
	Called whenever something else is in force. Answers how to stop listening.
	*/
	onSteered(listener: () => void): () => void;
	nextRequestId(): string;
}>;
