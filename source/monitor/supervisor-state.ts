import type {Identity} from '../control/passthrough-row.js';

/**
What the one who joins, spawns and restarts the passthrough says of it now.
*/
export type SupervisorState = Readonly<
	| {kind: 'starting'}
	/**
	A new `identity` object each time it was heard, also when it says the same.
	*/
	| {kind: 'joined' | 'spawned'; identity: Identity}
	| {kind: 'down'; reason: string; retryAtMs: number | undefined}
	| {kind: 'stopped'}
>;

/**
Keeps a passthrough at hand for the monitor.
*/
export type Supervisor = Readonly<{
	subscribe(listener: () => void): () => void;
	current(): SupervisorState;
	/**
	Asks it to drain and leave; settles when it has.
	*/
	stopPassthrough(): Promise<void>;
}>;
