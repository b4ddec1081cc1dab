import type {Admission} from '../policy/admission.js';
import type {Luggage} from './luggage.js';
import {Refusal} from './refusal.js';

type Stopped = Exclude<Admission, {kind: 'go'}>;
type Reached = Exclude<Stopped, {kind: 'wait'}>;

/**
What becomes of a request that its key's cap does not let go: it waits for those under way, it is turned
away, it goes on with a cheaper alias, or somebody is asked. Returns when it should try again; throws a
Refusal or ClientLeft where it shall not.
*/
export async function atCap(
	luggage: Luggage,
	admission: Stopped,
): Promise<void> {
	const {purse} = luggage;
	if (admission.kind === 'wait') {
		await luggage.holdUnlessSteered('reserved', purse.turn);
		return;
	}

	if (admission.kind === 'unpriced') {
		throw purse.refusal(admission);
	}

	const {atCap: rule} = purse.capped!.key;
	switch (rule.kind) {
		case 'refuse': {
			throw purse.refusal(admission);
		}

		case 'alias': {
			await goOnWith(luggage, rule.alias, admission);
			return;
		}

		case 'ask': {
			await ask(luggage, admission);
		}
	}
}

/**
It is sent to the alias, and there the cap is not asked: the user has said that this may go on.
*/
async function goOnWith(
	{purse, itinerary}: Luggage,
	alias: string,
	admission: Reached,
): Promise<void> {
	try {
		await itinerary.divert(alias);
	} catch (error) {
		// The alias does not speak its format: the cap is why it does not go.
		throw error instanceof Refusal ? purse.refusal(admission) : error;
	}

	purse.letGo();
}

/**
Held until somebody decides, the cap is another, or nobody is there to ask.
*/
async function ask(luggage: Luggage, admission: Reached): Promise<void> {
	const {purse, stand} = luggage;
	const {world, exchange} = stand;
	const id = exchange.recording?.id;
	if (!world.isSomebodyThere() || id === undefined) {
		throw purse.refusal(admission);
	}

	const asked = world.asked.ask(id);
	const until = purse.askedUntil(
		world.now(),
		world.inForce().config.hold.silentMs,
	);
	const {promise: late, reject} = Promise.withResolvers<never>();
	// Where comments keep the client its budget has no end: nobody is asked for longer all the same.
	const timer = setTimeout(() => {
		reject(purse.refusal(admission));
	}, until - world.now());
	try {
		await luggage.hold('cap', Promise.race([asked.answer, late]), {
			whenSpent: () => purse.refusal(admission),
		});
	} finally {
		clearTimeout(timer);
		asked.leave();
	}

	const answer = await asked.answer;
	switch (answer.kind) {
		case 'again': {
			await purse.lookAgain();
			return;
		}

		case 'nobody': {
			throw purse.refusal(admission);
		}

		case 'once':
		case 'refuse':
		case 'alias': {
			const alias = purse.obey(answer, admission);
			if (alias !== undefined) {
				await goOnWith(luggage, alias, admission);
			}
		}
	}
}
