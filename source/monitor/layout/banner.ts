import {aliasShown} from '../../exchange/as-asked.js';
import {showClock, showWait} from '../../exchange/show.js';
import {unanswered, type AskName} from '../asked.js';
import {connectionOf, identityOf} from '../connection.js';
import {newErrors} from '../errors.js';
import type {Entry} from '../exchange-list.js';
import {keyName} from '../key-name.js';
import type {Model} from '../model.js';
import {steeringOf} from '../steering-of.js';
import type {Glyphs, Tone} from '../theme.js';
import {cutWords, fold, steady, widthOf} from './fit-text.js';
import {bar, type Line} from './line.js';
import {
	answerBanners,
	capReachedBanners,
	doneToCap,
	inputBanner,
	stepBanners,
	warningBanners,
} from './cap-banners.js';
import {filterBanner} from './filter-banner.js';
import {capAskedBanners} from './cap-question.js';
import {orderBanners} from './order-text.js';
import {pauseText} from './pause-text.js';

export type Banner = readonly [text: string, tone: Tone];

/**
Whole inverse lines for what must not be missed, the gravest first.
*/
export function banners(
	model: Model,
	entries: readonly Entry[],
	{width, atMost, glyphs}: {width: number; atMost: number; glyphs: Glyphs},
): readonly Line[] {
	const room = {width: width - 2, atMost, glyphs};
	const all = [
		...questionBanner(model, width - 2),
		...inputBanner(model, room),
		...filterBanner(model, room),
		...capAskedBanners(model, room),
		...unansweredBanners(model, glyphs),
		...answerBanners(model),
		...orderBanners(model),
		...recordingBanner(model),
		...connectionBanner(model),
		...logBanner(model),
		...capReachedBanners(model, room),
		...pauseBanner(model, entries),
		...configBanner(model),
		...stepBanners(model, glyphs),
		...warningBanners(model),
		...model.notices.map((text): Banner => [text, 'caution']),
		...movedAside(model),
		...upkeepBanner(model),
		...errorsBanner(model),
	];
	const drawn: Line[] = [];
	for (const [text, tone] of all) {
		const left = atMost - drawn.length;
		if (left <= 0) {
			break;
		}

		// On the last line that there is, what has no room is seen to be cut.
		const lines = linesOf(steady(text, glyphs), width - 2, left > 1);
		drawn.push(
			...lines.map((line) =>
				bar(` ${cutWords(line, width - 1, glyphs.cut)}`, tone, {
					width,
					cut: glyphs.cut,
				}),
			),
		);
	}

	return drawn;
}

/**
A reason may take a second line, where that leaves room for the rest: broken where the text has a dash,
if that fits, else between any words.
*/
const linesOf = (
	text: string,
	width: number,
	mayBreak: boolean,
): readonly string[] => {
	if (!mayBreak || widthOf(text) <= width) {
		return [text];
	}

	const [head = '', ...tail] = text.split(' - ');
	const parts = [head, tail.join(' - ')];
	if (tail.length > 0 && parts.every((part) => widthOf(part) <= width)) {
		return parts;
	}

	const [first = '', ...rest] = fold(text, width);
	return rest.length === 0
		? [first]
		: [first, rest.join(' ').replace(/^- /v, '')];
};

/**
Only while nobody has looked at them.
*/
const errorsBanner = (model: Model): readonly Banner[] => {
	const count = model.overlay === 'errors' ? 0 : newErrors(model);
	return count === 0
		? []
		: [
				[
					`${count === 1 ? '1 request' : `${count} requests`} failed, ${keyName(model, 'errors')} shows`,
					'caution',
				],
			];
};

const movedAside = (model: Model): readonly Banner[] => {
	const name = identityOf(model)?.movedAside;
	return name === undefined
		? []
		: [
				[
					`The usage log was broken: kept as ${name}, a new one begun`,
					'caution',
				],
			];
};

const upkeepBanner = ({upkeep}: Model): readonly Banner[] =>
	upkeep === undefined
		? []
		: [
				[
					`Bringing the log up to date: ${Math.floor(upkeep * 100)} % - requests go on meanwhile`,
					'caution',
				],
			];

const questionBanner = (
	{question}: Model,
	width: number,
): readonly Banner[] => {
	if (question === undefined) {
		return [];
	}

	const {text, shorter = []} = question;
	const fitting = [text, ...shorter].find((one) => widthOf(one) <= width);
	return [[fitting ?? shorter.at(-1) ?? text, 'inverse']];
};

/**
Never assume: what was asked for is not so before the passthrough says it.
*/
const unansweredBanners = (model: Model, glyphs: Glyphs): readonly Banner[] =>
	unanswered(model).map((name) => {
		const {problem, askedAtMs} = model.asked[name]!;
		const not = `NOT ${doneWords(model, name, glyphs)}`;
		return [
			problem === undefined
				? `${not} YET, asked ${showWait(model.nowMs - askedAtMs)} ago - the passthrough has not confirmed it`
				: `${not}: ${problem} (${keyName(model, 'back')} hides this)`,
			'alarm',
		];
	});

const doneWords = (model: Model, name: AskName, glyphs: Glyphs): string => {
	const {asked} = model;
	switch (name) {
		case 'pause': {
			return asked.pause?.value.mode === 'off' ? 'RESUMED' : 'PAUSED';
		}

		case 'active': {
			return `SWITCHED to ${aliasShown(asked.active?.value.alias ?? null)}`;
		}

		case 'caps': {
			return doneToCap(model, glyphs);
		}
	}
};

const pauseBanner = (
	model: Model,
	entries: readonly Entry[],
): readonly Banner[] => {
	const {kind} = connectionOf(model);
	const text =
		kind === 'down' || kind === 'stopped'
			? undefined
			: pauseText(model, entries);
	return text === undefined ? [] : [[text, 'caution']];
};

const configBanner = (model: Model): readonly Banner[] => {
	const {configProblem, needsRestart = []} = steeringOf(model) ?? {};
	if (configProblem) {
		return [
			[`CONFIG NOT TAKEN, the old one holds: ${configProblem}`, 'caution'],
		];
	}

	return needsRestart.length === 0
		? []
		: [
				[
					`AFTER A RESTART: ${needsRestart.join(', ')} of the config`,
					'caution',
				],
			];
};

const recordingBanner = (model: Model): readonly Banner[] => {
	const identity = identityOf(model);
	if (!identity || identity.recording) {
		return [];
	}

	const since =
		identity.notRecordingSince === undefined
			? ''
			: ` since ${showClock(identity.notRecordingSince)}`;
	const why = identity.notRecordingReason ?? 'the usage log cannot be written';
	return [[`NOT RECORDING${since}: ${why}`, 'alarm']];
};

const connectionBanner = (model: Model): readonly Banner[] => {
	const connection = connectionOf(model);
	switch (connection.kind) {
		case 'stale': {
			return [
				[
					`NO NEWS for ${showWait(connection.silentMs)} - figures below are old`,
					'caution',
				],
			];
		}

		case 'down': {
			return [[downText(model), 'alarm']];
		}

		case 'stopped': {
			return [
				[
					`PASSTHROUGH STOPPED - ${keyName(model, 'quit')} leaves; "tollgate" starts it again`,
					'caution',
				],
			];
		}

		case 'stopping': {
			return [
				[
					`STOPPING - requests that run may finish; ${keyName(model, 'quit')} leaves now`,
					'caution',
				],
			];
		}

		case 'draining': {
			return [['DRAINING - running requests finish, no new ones', 'caution']];
		}

		case 'live':
		case 'starting': {
			return [];
		}
	}
};

const downText = (model: Model): string => {
	if (model.supervisor.kind !== 'down') {
		return 'PASSTHROUGH DOWN';
	}

	const {reason, retryAtMs} = model.supervisor;
	const seconds =
		retryAtMs === undefined
			? undefined
			: Math.ceil((retryAtMs - model.nowMs) / 1000);
	const retry =
		seconds === undefined
			? ''
			: seconds > 0
				? ` - restarting in ${seconds} s`
				: ' - restarting';
	return `PASSTHROUGH DOWN${retry}: ${reason}`;
};

const logBanner = ({log}: Model): readonly Banner[] =>
	log.kind === 'unreadable' ? [[`LOG UNREADABLE: ${log.reason}`, 'alarm']] : [];
