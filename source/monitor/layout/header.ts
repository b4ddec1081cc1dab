import {showClock, showDuration, showWait} from '../../exchange/show.js';
import {inForce, pendingOf} from '../asked.js';
import {isBusy} from '../calm.js';
import {isAtCap} from '../cap-keys.js';
import {configOf, connectionOf, type Connection} from '../connection.js';
import type {Model} from '../model.js';
import {pendingAlias} from '../switching.js';
import type {Glyphs, Tone} from '../theme.js';
import {activeTexts} from './active-alias.js';
import {steady, widthOf} from './fit-text.js';
import {clip, spread, type Line} from './line.js';

/**
The first line: is it working, which model answers or where does it listen.
*/
export function header(model: Model, width: number, glyphs: Glyphs): Line {
	const connection = connectionOf(model);
	const {texts, tone} = stateTexts(model, connection, glyphs);
	const state = texts.find((text) => widthOf(text) <= width) ?? texts.at(-1)!;
	const active = activeTexts(model, glyphs);
	const middles = active ?? roads(model, glyphs);
	const rights = active
		? addressedEnds(model, connection, width)
		: [rightEnd(model, connection, width)];
	const room = width - widthOf(state) - 2;
	const fits = (middle: string, right: string) =>
		widthOf(middle) + (right ? widthOf(right) + 1 : 0) <= room;
	const middle =
		middles.find((one) => rights.some((right) => fits(one, right))) ??
		middles.at(-1) ??
		'';
	const right = rights.find((one) => fits(middle, one)) ?? rights.at(-1)!;
	const left: Line = [
		[state, tone],
		['  '],
		[middle, pendingAlias(model) === undefined ? 'bold' : 'warn'],
	];
	return right
		? spread(left, [[right, 'dim']], {width, cut: glyphs.cut})
		: clip(left, width, glyphs.cut);
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

/**
The state of the passthrough, the fullest wording first: its glyph alone is the last.
*/
export function stateTexts(
	model: Model,
	connection: Connection,
	glyphs: Glyphs,
): Readonly<{texts: readonly string[]; tone: Tone}> {
	const [glyph, word, tone] = words[connection.kind];
	const pause = connection.kind === 'live' ? pauseWord(model, glyphs) : '';
	if (pause !== '') {
		return {texts: [`${glyphs.held} ${pause}`, glyphs.held], tone: 'warn'};
	}

	if (connection.kind === 'live' && isAtCap(model)) {
		return {texts: [`${glyphs.down} CAP`, glyphs.down], tone: 'bad'};
	}

	const texts = [`${glyphs[glyph]} ${word}`, glyphs[glyph]];
	return {
		texts:
			connection.kind === 'stale'
				? [`${texts[0]!} ${showWait(connection.silentMs)}`, ...texts]
				: texts,
		tone,
	};
}

/**
Without spaces, for a line that has no room for them: `main→glm-5.2`.
*/
export const roadTexts = (model: Model, glyphs: Glyphs): readonly string[] =>
	(activeTexts(model, glyphs) ?? roads(model, glyphs).slice(-2)).map((text) =>
		text.split(` ${glyphs.arrow} `).join(glyphs.arrow),
	);

/**
What is asked for stands there until the passthrough confirms it.
*/
const pauseWord = (model: Model, glyphs: Glyphs): string => {
	const now = inForce(model, 'pause')?.value.mode ?? 'off';
	const pending = pendingOf(model, 'pause')?.mode;
	if (pending === undefined) {
		return now === 'off' ? '' : 'PAUSED';
	}

	return `${pending === 'off' ? 'RESUMING' : 'PAUSING'}${glyphs.soon}`;
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
		...(endpoint === '' ? [] : [endpoint]),
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
): string => {
	const clock = clockText(model, width);
	const uptime = uptimeText(model, connection);
	if (uptime !== '' && width >= 60) {
		return `${uptime}  ${clock}`;
	}

	return width >= 34 ? clock : '';
};

/**
As `rightEnd`, with where it listens, as the middle tells something else: the fullest first.
*/
const addressedEnds = (
	model: Model,
	connection: Connection,
	width: number,
): readonly string[] => {
	if (width < 60) {
		return [rightEnd(model, connection, width)];
	}

	const address = (model.passthrough?.url ?? '').replace(/^https?:\/\//, '');
	const port = /:\d+$/.exec(address)?.[0] ?? '';
	const clock = clockText(model, width);
	const end = (...parts: readonly string[]) =>
		[...parts, clock].filter(Boolean).join('  ');
	return [
		...(width >= 100 ? [end(address, uptimeText(model, connection))] : []),
		end(port),
		clock,
		showClock(model.nowMs),
	];
};

/**
Seconds only while something is open: an idle screen is drawn once a minute.
*/
const clockText = (model: Model, width: number): string =>
	showClock(model.nowMs, {seconds: width >= 60 && isBusy(model)});

const uptimeText = (model: Model, {kind}: Connection): string => {
	const startedAt = model.passthrough?.startedAt;
	const isUp = kind === 'live' || kind === 'draining';
	return isUp && startedAt !== undefined
		? `up ${showUptime(model.nowMs - startedAt)}`
		: '';
};

// Not to the second: it would redraw the line for nobody.
function showUptime(ms: number): string {
	if (ms < 60_000) {
		return '<1m';
	}

	return ms < 600_000 ? `${Math.floor(ms / 60_000)}m` : showDuration(ms);
}
