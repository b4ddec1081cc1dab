import {aliasShown} from '../exchange/as-asked.js';
import {setterWords} from '../control/setter-words.js';
import type {Active, Change, KeyStanding, Pause} from '../control/steering.js';
import {showCents, showClock, showCount} from '../exchange/show.js';
import {alertsOf, type Alert} from './alerts.js';
import {inForce} from './asked.js';
import {cappedKeys, isReached, measuresOf, type CapMeasure} from './caps.js';
import {connectionOf, identityOf, isThere} from './connection.js';
import {promptIn} from './day-sums.js';
import {countOpen, listedEntries} from './exchange-list.js';
import {capWords, spentOfCap} from './layout/cap-text.js';
import type {Model} from './model.js';
import {counted, raiseCommand} from './plain-words.js';

/**
What became of the passthrough, and of what is in force.
*/
export const stateTexts = (before: Model, after: Model): readonly string[] => [
	...connectionTexts(before, after),
	...dayTexts(before, after),
	...pauseTexts(before, after),
	...aliasTexts(before, after),
	...capTexts(before, after),
	...alertTexts(before, after),
];

function connectionTexts(before: Model, after: Model): readonly string[] {
	const {kind} = connectionOf(after);
	const wasKnown =
		connectionOf(before).kind === kind && isSameRun(before, after);
	const begins =
		before.log.kind === 'opening' && after.log.kind === 'following';
	return [
		...(wasKnown ? [] : connectionText(after)),
		...(begins ? begun(after) : []),
	];
}

const isSameRun = (before: Model, after: Model): boolean =>
	identityOf(before)?.instance === identityOf(after)?.instance;

function connectionText(model: Model): readonly string[] {
	const connection = connectionOf(model);
	const {supervisor} = model;
	switch (connection.kind) {
		case 'live': {
			const where = model.passthrough ? ` at ${model.passthrough.url}` : '';
			return [
				`passthrough serves${where} (pid ${identityOf(model)?.pid ?? '?'})`,
			];
		}

		case 'draining': {
			return ['passthrough drains: requests that run may end, no new ones'];
		}

		case 'starting': {
			return ['passthrough is being started'];
		}

		case 'stopping':
		case 'stopped': {
			return ['passthrough was stopped; "tollgate" starts it again'];
		}

		case 'down': {
			const why = supervisor.kind === 'down' ? `: ${supervisor.reason}` : '';
			return [`passthrough is down${why}`];
		}

		case 'stale': {
			return ['no news of the passthrough; figures may be old'];
		}
	}
}

function begun(model: Model): readonly string[] {
	const {running, retrying, held} = countOpen(listedEntries(model));
	const under = running + retrying;
	return under + held === 0
		? []
		: [`${counted(under, 'request')} under way, ${held} held`];
}

const dayText = ({totals}: Model): string => {
	const sum = (of: (one: Model['totals'][number]) => number) =>
		totals.reduce((so, one) => so + of(one), 0);
	return [
		showCents(sum((one) => one.costNanodollars)),
		counted(
			sum((one) => one.requests),
			'request',
		),
		`${showCount(sum(promptIn))} tokens in`,
		`${showCount(sum((one) => one.outputTokens))} out`,
	].join(', ');
};

function dayTexts(before: Model, after: Model): readonly string[] {
	// Sums only ever grow within a day, as long as the log is the same.
	if (requestsOf(after) < requestsOf(before)) {
		const is =
			before.totalsDayMs === after.totalsDayMs
				? 'another usage log is followed'
				: 'a new day begins';
		return [`${is}; the last one: ${dayText(before)}`];
	}

	const isFirst =
		requestsOf(before) === 0 &&
		requestsOf(after) > 0 &&
		after.seen.requests === 0;
	return isFirst ? [`today so far: ${dayText(after)}`] : [];
}

const requestsOf = ({totals}: Model): number =>
	totals.reduce((sum, {requests}) => sum + requests, 0);

function pauseTexts(before: Model, after: Model): readonly string[] {
	const pause = inForce(after, 'pause');
	const old = inForce(before, 'pause');
	if (
		pause === undefined ||
		(pause.value.mode === old?.value.mode &&
			pause.value.until === old.value.until)
	) {
		return [];
	}

	const isOff = pause.value.mode === 'off';
	return isOff && (old?.value.mode ?? 'off') === 'off'
		? []
		: [pauseText(pause)];
}

function pauseText(pause: Change<Pause>): string {
	const {mode, until} = pause.value;
	const how =
		mode === 'off'
			? 'resumed'
			: mode === 'refuse'
				? 'paused, new requests are refused'
				: 'paused, new requests wait';
	const end = until === null ? '' : ` until ${showClock(until)}`;
	const advice = mode === 'off' ? '' : '; "tollgate resume" goes on';
	return `${how}${end}, ${byWhom(pause)}${advice}`;
}

const byWhom = ({setBy: who, reason}: Change<unknown>): string =>
	`${setterWords[who]}${reason === null ? '' : `: ${reason}`}`;

function aliasTexts(before: Model, after: Model): readonly string[] {
	const active = inForce(after, 'active');
	const old = inForce(before, 'active');
	// That a counted one has one request less is no news.
	if (
		active === undefined ||
		(active.value.alias === old?.value.alias &&
			active.value.until === old.value.until)
	) {
		return [];
	}

	const to = `${aliasShown(active.value.alias)}${spanText(active.value)}`;
	if (old === undefined) {
		return [`alias ${to}`];
	}

	const from = aliasShown(old.value.alias);
	return [`alias ${from} -> ${to}, ${byWhom(active)}`];
}

const spanText = ({until, requestsLeft}: Active): string =>
	[
		until === null ? '' : ` until ${showClock(until)}`,
		requestsLeft === null ? '' : ` for ${counted(requestsLeft, 'request')}`,
	].join('');

function capTexts(before: Model, after: Model): readonly string[] {
	const old = new Map(cappedKeys(before).map((key) => [key.name, key]));
	const steps = after.capSteps.told
		.filter((one) => !before.capSteps.told.includes(one))
		.map(
			({measure, step}) =>
				`${Math.round(step * 100)}% of today's cap of ${measure.key.name}: ${spentOfCap(measure)}`,
		);
	const changes = cappedKeys(after).flatMap((key): readonly string[] => {
		const [now] = measuresOf(key);
		return now ? capChanges(old.get(key.name), now) : [];
	});
	return [...steps, ...changes];
}

function capChanges(
	before: KeyStanding | undefined,
	now: CapMeasure,
): readonly string[] {
	const {key, of, cap} = now;
	const old = before && measuresOf(before)[0];
	const isChanged = old?.of === of && old.cap !== cap;
	const isNew = isReached(now) && !(old && isReached(old));
	return [
		...(isChanged
			? [`cap of ${key.name} is now ${capWords(of, cap)}: ${spentOfCap(now)}`]
			: []),
		...(isNew
			? [
					`cap of ${key.name} reached: ${spentOfCap(now)}, until ${showClock(key.resetsAt)}; ${raiseCommand(now)} raises it today`,
				]
			: []),
	];
}

/**
What tells of itself elsewhere here, and what is to be done where no key can be pressed.
*/
const isToldOf = /^(?:pause$|cap |down$|stopped$|stale$)/v;
const keylessRemedies: ReadonlyArray<readonly [RegExp, string]> = [
	[/^breaker /v, 'Other targets of the alias are used meanwhile.'],
	[/^restart$/v, 'Start it anew: "tollgate stop", then "tollgate".'],
];
const remedyOf = ({id, remedy}: Alert): string =>
	keylessRemedies.find(([ids]) => ids.test(id))?.[1] ?? remedy;
const goneWords: Readonly<Record<string, string>> = {
	'not recording': 'recording again',
	log: 'the usage log can be read again',
	config: 'the config is in force again as it stands in the file',
};

function alertTexts(before: Model, after: Model): readonly string[] {
	const old = alertsOf(before);
	const now = alertsOf(after);
	const isGone = ({id}: Alert) =>
		// With a passthrough goes what was wrong with it, and nothing is well again.
		(id === 'log' || isThere(after)) && now.every((one) => one.id !== id);
	return [
		...now
			.filter(({id}) => !isToldOf.test(id) && old.every((one) => one.id !== id))
			.map((alert) => `alert: ${alert.text} ${remedyOf(alert)}`.trim()),
		...old
			.filter((alert) => isGone(alert))
			.flatMap(({id}) => goneWords[id] ?? []),
	];
}
