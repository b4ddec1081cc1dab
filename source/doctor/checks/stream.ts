import {headerOf} from '../../wire/header-list.js';
import type {Answered} from '../ask.js';
import type {Chart, Outcome} from '../chart.js';
import type {Finding} from '../check.js';
import {listed} from '../in-words.js';
import {showLatency} from '../show-latency.js';
import type {Tasted} from '../taste.js';

/**
Whether streams are streams: events come as they are made, not in one lump at the end.
*/
export async function stream(chart: Chart): Promise<Outcome> {
	const tasted = chart.tasted ?? [];
	const streaming = tasted.filter((one) => lump(one) === undefined);
	const findings: Finding[] = tasted.flatMap((one) => lump(one) ?? []);
	return {
		findings: [
			...(streaming.length === 0 ? [] : [good(streaming)]),
			...findings,
		],
		chart,
	};
}

function good(tasted: readonly Tasted[]): Finding {
	const most = tasted.toSorted(
		(one, other) => spreadMs(other.answer) - spreadMs(one.answer),
	)[0]!;
	return {
		check: 'stream',
		standing: 'ok',
		said: `Streams as it should in ${listed(tasted.map(({format}) => format))}: ${most.facts.events} events in ${most.answer.chunks.length} pieces over ${showLatency(spreadMs(most.answer))}.`,
	};
}

/**
Pieces that come within one such time came together: the network alone spreads them so far.
*/
const togetherMs = 15;
/**
What takes so long was made first and sent then.
*/
const longMs = 150;

function lump({answer, facts, format}: Tasted): Finding | undefined {
	const {chunks, headers, firstByteMs = 0} = answer;
	if (facts.events === 0) {
		return {
			check: 'stream',
			standing: 'bad',
			said: `A stream was asked for in ${format}, and a whole answer came (${headerOf(headers, 'content-type') ?? 'without a content-type'}).`,
			fix: 'Ask who runs the endpoint for streaming: without it an agent shows nothing until the end, and long answers meet time limits.',
		};
	}

	const isLump =
		facts.events > 3 &&
		(chunks.length === 1 ||
			(spreadMs(answer) < togetherMs && firstByteMs > longMs));
	return isLump
		? {
				check: 'stream',
				standing: 'warn',
				said: `The stream in ${format} came in one lump, ${facts.events} events at once after ${showLatency(firstByteMs)}.`,
				fix: 'Switch off buffering in the gateway or proxy on the way (in nginx: proxy_buffering off).',
			}
		: undefined;
}

const spreadMs = ({chunks}: Answered): number =>
	(chunks.at(-1)?.atMs ?? 0) - (chunks[0]?.atMs ?? 0);
