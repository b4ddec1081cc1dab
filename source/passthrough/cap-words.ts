import {
	showCents,
	showClock,
	showCount,
	showDuration,
} from '../exchange/show.js';
import type {Admission, Capped as CappedBy} from '../policy/admission.js';
import type {Standing} from '../usage-log/ledger.js';
import type {Capped} from './caps.js';

export type CapReached = Readonly<{
	admission: Exclude<Admission, {kind: 'go' | 'wait'}>;
	capped: Capped;
	standing: Standing;
	/**
	What the request may come to; dollars null where they are not known.
	*/
	bound: Readonly<{nanodollars: number | null; tokens: number}>;
	model: string | undefined;
	nowMs: number;
}>;

/**
What the client is told at its cap: the figures, when it ends, and how to change it.
*/
export function capWords(reached: CapReached): string {
	const {admission, capped, standing, bound, model, nowMs} = reached;
	const {name} = capped.key;
	if (admission.kind === 'unpriced') {
		return `The price of ${model ?? 'this model'} is not known, and key ${name} has a daily cap in dollars. Set [prices."${model ?? 'MODEL'}"], or unpriced = "allow" in [keys.${name}].`;
	}

	const {of} = admission;
	const [spent, cap, most] = figures(of, {standing, capped, bound});
	const resets = `resets at ${showClock(capped.day.to)} (in ${showDuration(capped.day.to - nowMs)})`;
	const more =
		of === 'nanodollars'
			? `tollgate cap ${name} +5`
			: `tollgate cap ${name} +50000 tokens`;
	return admission.why === 'spent'
		? `Daily cap reached for key ${name}: ${spent} of ${cap} spent, ${resets}. To raise it for today: ${more}.`
		: `Daily cap reached for key ${name}: this request may come to ${most}, and ${spent} of ${cap} is spent, ${resets}. To raise it for today: ${more}.`;
}

function figures(
	of: CappedBy,
	{standing, capped, bound}: Pick<CapReached, 'standing' | 'capped' | 'bound'>,
): readonly string[] {
	return of === 'nanodollars'
		? [
				standing.nanodollars,
				capped.cap.nanodollars ?? 0,
				bound.nanodollars ?? 0,
			].map((money) => showCents(money))
		: [standing.tokens, capped.cap.tokens ?? 0, bound.tokens].map(
				(tokens) => `${showCount(tokens)} tokens`,
			);
}
