import type {PassthroughRow} from '../control/passthrough-row.js';
import {askNames} from './asked.js';
import {connectionOf} from './connection.js';
import type {Model} from './model.js';
import {once, oncePerModel} from './once-per-model.js';
import {isOpen} from './row-state.js';
import {steeringOf} from './steering-of.js';

const minuteMs = 60_000;
/**
What counts down in seconds does so below ten minutes.
*/
const countdownMs = 10 * minuteMs;

/**
The model as it is drawn. Where nothing happens, its clock moves a minute at a time: then nothing on the screen
changes in between, and nothing has to be drawn.
*/
export const calmed = (model: Model): Model =>
	isCalm(model) ? {...model, nowMs: minuteOf(model) * minuteMs} : model;

/**
Whether a picture of `before` does for `after`: both are drawn by the same minute, and all else is as it was. Far
cheaper than to draw it and compare.
*/
export const isSamePicture = (before: Model, after: Model): boolean =>
	isCalm(before) &&
	isCalm(after) &&
	minuteOf(before) === minuteOf(after) &&
	Object.entries(after).every(
		([name, value]) =>
			restless.has(name) || value === before[name as keyof Model],
	) &&
	saysSame(before.passthrough, after.passthrough) &&
	(before.supervisor === after.supervisor ||
		JSON.stringify(before.supervisor) === JSON.stringify(after.supervisor));

/**
What tells of the clock alone, or is made anew to say the same.
*/
const restless: ReadonlySet<string> = new Set<keyof Model>([
	'nowMs',
	'heardAtMs',
	'errorsSeenAtMs',
	'supervisor',
	'passthrough',
]);

/**
Whether it says the same but for its heartbeat.
*/
const saysSame = (
	before: PassthroughRow | undefined,
	after: PassthroughRow | undefined,
): boolean => {
	if (before === undefined || after === undefined) {
		return before === after;
	}

	return Object.entries(after).every(([name, value]) => {
		const was: unknown = before[name as keyof PassthroughRow];
		return (
			name === 'heartbeatAt' ||
			value === was ||
			JSON.stringify(value) === JSON.stringify(was)
		);
	});
};

const minuteOf = ({nowMs}: Model): number => Math.floor(nowMs / minuteMs);

/**
Whether any exchange is open.
*/
export const isBusy = ({exchanges}: Model): boolean =>
	activityOf(exchanges).hasOpen;

/**
Nothing is open, nothing has ended for a minute, nothing was asked for here, and nothing counts down.
*/
const isCalm = oncePerModel(
	(model: Model): boolean =>
		connectionOf(model).kind === 'live' &&
		isQuiet(model) &&
		!isAsked(model) &&
		!countsDown(model),
);

const isQuiet = ({exchanges, nowMs}: Model): boolean => {
	const {hasOpen, lastEndMs} = activityOf(exchanges);
	return !hasOpen && lastEndMs < nowMs - minuteMs;
};

/**
The clock moves on while the exchanges stay, so it is reckoned once for these.
*/
const activityOf = once((exchanges: Model['exchanges']) => {
	let hasOpen = false;
	let lastEndMs = 0;
	for (const exchange of exchanges.values()) {
		hasOpen ||= isOpen(exchange);
		lastEndMs = Math.max(lastEndMs, exchange.endedAt ?? 0);
	}

	return {hasOpen, lastEndMs};
});

const isAsked = (model: Model): boolean =>
	model.remark !== undefined ||
	model.question !== undefined ||
	model.capInput !== undefined ||
	model.capAskedAtMs !== undefined ||
	model.orders.length > 0 ||
	model.answers.length > 0 ||
	model.capSteps.told.length > 0 ||
	(model.switched?.untilMs ?? 0) > model.nowMs - minuteMs ||
	(model.capChanged?.atMs ?? 0) > model.nowMs - minuteMs ||
	askNames.some((name) => model.asked[name] !== undefined);

const countsDown = (model: Model): boolean => {
	const {active, pause, endpoints = []} = steeringOf(model) ?? {};
	const isNear = (until: number | null | undefined) =>
		typeof until === 'number' && until - model.nowMs < countdownMs;
	return (
		isNear(active?.value.until) ||
		isNear(pause?.value.until) ||
		endpoints.some(({breakers}) => breakers.length > 0)
	);
};
