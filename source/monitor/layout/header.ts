import {showClock, showDuration, showWait} from '../../exchange/show.js';
import {configOf, connectionOf, type Connection} from '../connection.js';
import type {Model} from '../model.js';
import type {Glyphs, Tone} from '../theme.js';
import {steady, widthOf} from './fit-text.js';
import {clip, spread, type Line, type Piece} from './line.js';

/**
The first line: is it working, where does it listen, whom does it ask.
*/
export function header(model: Model, width: number, glyphs: Glyphs): Line {
	const connection = connectionOf(model);
	const state = stateWord(connection, glyphs);
	const right = rightEnd(model, connection, width);
	const room = width - widthOf(state[0]) - 2 - (right ? widthOf(right) + 1 : 0);
	const middle = roads(model, glyphs).find((road) => widthOf(road) <= room);
	const text = middle ?? roads(model, glyphs).at(-1) ?? '';
	return right
		? spread([state, ['  '], [text, 'bold']], [[right, 'dim']], {
				width,
				cut: glyphs.cut,
			})
		: clip([state, ['  '], [text, 'bold']], width, glyphs.cut);
}

const words: Readonly<
	Record<Connection['kind'], readonly [keyof Glyphs, string, Tone]>
> = {
	live: ['live', 'LIVE', 'good'],
	draining: ['stale', 'DRAINING', 'warn'],
	starting: ['stale', 'STARTING', 'warn'],
	stopping: ['stale', 'STOPPING', 'warn'],
	stopped: ['down', 'STOPPED', 'warn'],
	down: ['down', 'DOWN', 'bad'],
	stale: ['stale', 'STALE', 'warn'],
};

const stateWord = (
	connection: Connection,
	glyphs: Glyphs,
): readonly [string, Tone] => {
	const [glyph, word, tone] = words[connection.kind];
	const age =
		connection.kind === 'stale' ? ` ${showWait(connection.silentMs)}` : '';
	return [`${glyphs[glyph]} ${word}${age}`, tone];
};

/**
Address and endpoint, the fullest first; the last may be cut.
*/
const roads = (model: Model, glyphs: Glyphs): readonly string[] => {
	const url = model.passthrough?.url ?? '';
	const address = url.replace(/^https?:\/\//, '');
	const port = /:\d+$/.exec(address)?.[0] ?? address;
	const endpoint = endpointName(model, glyphs);
	const upstream = upstreamHost(model, glyphs);
	const to = (from: string, target: string) =>
		[from, target].filter(Boolean).join(` ${glyphs.arrow} `);
	const full =
		upstream === '' || upstream === endpoint
			? endpoint
			: `${endpoint} (${upstream})`;
	return [
		to(url, full),
		to(address, full),
		to(address, endpoint),
		to(port, endpoint),
	];
};

const endpointName = (model: Model, glyphs: Glyphs) =>
	steady(configOf(model)?.endpoint ?? '', glyphs);

const upstreamHost = (model: Model, glyphs: Glyphs) => {
	const config = configOf(model);
	const url = config?.endpoints.find(({name}) => name === config.endpoint)?.url;
	return steady(url && URL.canParse(url) ? new URL(url).host : '', glyphs);
};

const rightEnd = (
	model: Model,
	connection: Connection,
	width: number,
): Piece[0] => {
	const clock = showClock(model.nowMs, {seconds: width >= 60});
	const startedAt = model.passthrough?.startedAt;
	const isUp = connection.kind === 'live' || connection.kind === 'draining';
	if (isUp && startedAt !== undefined && width >= 60) {
		return `up ${showUptime(model.nowMs - startedAt)}  ${clock}`;
	}

	return width >= 34 ? clock : '';
};

// Not to the second: it would redraw the line for nobody.
function showUptime(ms: number): string {
	if (ms < 60_000) {
		return '<1m';
	}

	return ms < 600_000 ? `${Math.floor(ms / 60_000)}m` : showDuration(ms);
}
