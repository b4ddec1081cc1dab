import type {TodaysCap} from '../../control/steering.js';
import {openControl} from '../../control/wish.js';
import {showCents, showWhole} from '../../exchange/show.js';
import {UserError} from '../../user-error.js';
import {clockIn} from '../days-in-force.js';
import type {Sight} from '../look.js';
import {byCommand, taken} from '../steering/confirmed.js';
import type {InForce} from '../steering/in-force.js';
import type {Of} from './asked.js';
import type {KeyNow, KeysNow} from './keys-now.js';

type Raise = Pick<KeysNow, 'day' | 'rule'> &
	Readonly<{
		key: KeyNow;
		/**
		Nano-dollars or tokens.
		*/
		more: number;
		of: Of;
	}>;

/**
Raises the cap of a key for the day that counts, and waits until that is in force. Answers it in words.
*/
export async function raiseToday(
	{lock}: Sight,
	{log, home}: InForce,
	{key, more, of, day, rule}: Raise,
): Promise<string> {
	const usual = usualOf(key, of);
	let cap = usual;
	const change = withControl(log, (control) =>
		control.changeCap(
			home,
			key.name,
			(before) => {
				const today = todayOf(before, day.from);
				cap = (today[of] ?? usual) + more;
				refuseTooMuch(cap);
				return {...today, [of]: cap};
			},
			byCommand(),
		),
	);
	const steering = await taken(lock, (now) => now.change >= change);
	const shown = of === 'tokens' ? `${showWhole(cap)} tokens` : showCents(cap);
	const until = await clockIn(rule, day.to);
	return steering === undefined
		? `No passthrough takes requests now. When one starts before ${until}, the cap of ${key.name} is ${shown} until then.`
		: `The cap of ${key.name} is ${shown} until ${until}, then ${of === 'tokens' ? showWhole(usual) : showCents(usual)} a day again.`;
}

function usualOf(key: KeyNow, of: Of): number {
	const [usual, other] =
		of === 'tokens'
			? [key.usualTokens, key.usualNanodollars]
			: [key.usualNanodollars, key.usualTokens];
	if (usual !== null) {
		return usual;
	}

	throw new UserError(
		`The key ${key.name} has no cap in ${of === 'tokens' ? 'tokens' : 'dollars'}, so there is nothing to raise.`,
		other === null
			? `To give it one: tollgate cap ${key.name} 20`
			: of === 'tokens'
				? `It has one in dollars: tollgate cap ${key.name} +5`
				: `It has one in tokens: tollgate cap ${key.name} +50000 tokens`,
	);
}

const todayOf = (before: TodaysCap | undefined, from: number): TodaysCap =>
	before?.from === from ? before : {from, nanodollars: null, tokens: null};

function refuseTooMuch(cap: number): void {
	if (!Number.isSafeInteger(cap)) {
		throw new UserError(
			'That is more than a cap can be.',
			'Nothing was changed. A key without a cap is one that the config gives none.',
		);
	}
}

function withControl<Result>(
	log: string,
	act: (control: ReturnType<typeof openControl>) => Result,
): Result {
	using control = openControl(log);
	return act(control);
}
