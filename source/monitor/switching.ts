import {aliasShown} from '../exchange/as-asked.js';
import {type Active, type Pause} from '../control/steering.js';
import {isPassing, switchTo} from '../control/switch-to.js';
import {asking, inForce, pendingOf, soonInForce} from './asked.js';
import {configOf, connectionOf} from './connection.js';
import type {Model} from './model.js';
import {rewriteFor, type Rewrite} from './rewrite.js';
import {choices, steeringOf} from './steering-of.js';
import {risksOf, type SwitchRisks} from './switch-risks.js';

/**
A switch made here, for as long as it can be undone.
*/
export type Switched = Readonly<{
	from: Active;
	to: string | null;
	/**
	Until then it is told of.
	*/
	untilMs: number;
	/**
	What the new target has to write to its cache.
	*/
	rewrite: Rewrite | undefined;
	/**
	As they stood before the switch.
	*/
	risks: SwitchRisks;
}>;

const toldMs = 5000;

/**
Why nothing can be steered now; undefined where it can.
*/
export function whyNotSteer(model: Model): string | undefined {
	const {kind} = connectionOf(model);
	return steeringOf(model) === undefined ||
		['down', 'stopped', 'stopping', 'starting'].includes(kind)
		? 'No passthrough is there to be steered.'
		: undefined;
}

/**
Makes an alias the active one for good; null: as asked.
*/
export function switchedTo(model: Model, alias: string | null): Model {
	const from = soonInForce(model, 'active');
	const closed: Model = {
		...model,
		overlay: model.overlay === 'picker' ? 'none' : model.overlay,
	};
	if (!from) {
		return closed;
	}

	if (from.alias === alias && !isPassing(from)) {
		return remarked(closed, `${aliasShown(alias)} is active already.`);
	}

	return {
		...asking(closed, 'active', switchTo(alias, from)),
		switched: {
			from,
			to: alias,
			untilMs: model.nowMs + toldMs,
			rewrite: rewriteFor(model, alias),
			risks: risksOf(model, alias),
		},
	};
}

/**
The alias of a digit: the n-th of the config, 0 for as asked. Undefined where there are not so many.
*/
const choiceOf = (model: Model, digit: string): string | null | undefined =>
	digit === '0' ? null : configOf(model)?.aliases[Number(digit) - 1]?.name;

export function switchedByDigit(model: Model, digit: string): Model {
	const choice = choiceOf(model, digit);
	const aliases = choices(model).length - 1;
	if (aliases === 0) {
		return model;
	}

	return choice === undefined
		? remarked(
				model,
				aliases === 1 ? 'There is 1 alias.' : `There are ${aliases} aliases.`,
			)
		: switchedTo(model, choice);
}

/**
Takes the last switch back, if nobody has switched since.
*/
export function switchUndone(model: Model): Model {
	const {switched} = model;
	const now = soonInForce(model, 'active');
	if (!switched || now?.alias !== switched.to || isPassing(now)) {
		return remarked(
			{...model, switched: undefined},
			switched ? 'Switched elsewhere since.' : 'No switch to undo.',
		);
	}

	const back = stillMeant(switched.from, model.nowMs);
	return remarked(
		{...asking(model, 'active', back), switched: undefined},
		`${aliasShown(back.alias)} again; what the cache lost stays lost`,
	);
}

/**
What a switch that has run out meanwhile has fallen back to.
*/
const stillMeant = (active: Active, nowMs: number): Active =>
	active.until !== null && active.until <= nowMs
		? switchTo(active.then, active)
		: active;

/**
Pauses as the config says how, or resumes.
*/
export function pauseToggled(model: Model): Model {
	const now = soonInForce(model, 'pause');
	const mode: Pause['mode'] =
		now?.mode === 'off' ? (configOf(model)?.hold?.mode ?? 'hold') : 'off';
	return now ? asking(model, 'pause', {mode, until: null}) : model;
}

/**
Whether the key says resume.
*/
export const isPaused = (model: Model): boolean =>
	(soonInForce(model, 'pause')?.mode ?? 'off') !== 'off';

/**
Opens the picker at the active alias, or closes it.
*/
export function pickerToggled(model: Model): Model {
	return model.overlay === 'picker'
		? {...model, overlay: 'none'}
		: {
				...model,
				overlay: 'picker',
				picked: soonInForce(model, 'active')?.alias ?? null,
			};
}

export function pickMoved(model: Model, by: number): Model {
	const all = choices(model);
	const at = all.indexOf(model.picked) + by;
	return {
		...model,
		picked: all[Math.max(0, Math.min(at, all.length - 1))] ?? null,
	};
}

/**
How to have an alias, as a remark and as a shorter one.
*/
export function aliasAdvice(model: Model): readonly [string, string] {
	const endpoint = configOf(model)?.endpoint ?? 'ENDPOINT';
	return [
		`No alias yet. In config.toml: [aliases.NAME], below it targets = ["${endpoint}/MODEL"]`,
		'No alias yet: [aliases.NAME] in config',
	];
}

const remarkStandsMs = 4000;

export const remarked = (
	model: Model,
	text: string,
	short?: string,
): Model => ({
	...model,
	remark: {text, short, untilMs: model.nowMs + remarkStandsMs},
});

/**
The alias that is asked for and not confirmed yet; undefined where none is.
*/
export const pendingAlias = (model: Model): string | null | undefined => {
	const pending = pendingOf(model, 'active');
	return pending === undefined ||
		pending.alias === inForce(model, 'active')?.value.alias
		? undefined
		: pending.alias;
};
