import type {Exchange, Live} from '../exchange/exchange.js';
import type {Tone} from './theme.js';

export const rowStates = [
	'streaming',
	'stalled',
	'waiting',
	'held',
	'retrying',
	'failed',
	'aborted',
	'done',
] as const;
/**
An exchange as the list shows it.
*/
export type RowState = (typeof rowStates)[number];

export const toneOf: Readonly<Record<RowState, Tone>> = {
	streaming: 'good',
	stalled: 'warn',
	waiting: 'info',
	held: 'warn',
	retrying: 'accent',
	failed: 'bad',
	aborted: 'dim',
	done: 'dim',
};

/**
A stream that sent nothing for longer is stalled.
*/
const quietMs = 3000;

export const isOpen = ({outcome}: Exchange): boolean =>
	outcome === null || outcome === 'open';

/**
Milliseconds since the last byte of a stream, undefined where no stream is running.
*/
export const quietForMs = (
	live: Live | undefined,
	nowMs: number,
): number | undefined =>
	live?.state === 'streaming' && live.lastByteAt !== null
		? Math.max(0, nowMs - live.lastByteAt)
		: undefined;

export function rowStateOf(
	exchange: Exchange,
	live: Live | undefined,
	nowMs: number,
): RowState {
	switch (exchange.outcome) {
		case 'ok': {
			return 'done';
		}

		case 'aborted': {
			return 'aborted';
		}

		case 'error':
		case 'truncated':
		case 'refused':
		case 'lost': {
			return 'failed';
		}

		case 'open':
		case null: {
			return openStateOf(exchange, live, nowMs);
		}
	}
}

const openStateOf = (
	exchange: Exchange,
	live: Live | undefined,
	nowMs: number,
): RowState => {
	switch (live?.state ?? exchange.state) {
		case 'held':
		case 'queued': {
			// It was sent already, and waits to be sent again.
			return (live?.holdReason ?? exchange.holdReason) === 'backoff'
				? 'retrying'
				: 'held';
		}

		case 'streaming': {
			return (quietForMs(live, nowMs) ?? 0) > quietMs ? 'stalled' : 'streaming';
		}

		case 'waiting':
		case null:
		case undefined: {
			return (live?.attempts ?? exchange.attempts ?? 0) > 1
				? 'retrying'
				: 'waiting';
		}
	}
};
