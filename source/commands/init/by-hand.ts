import {
	confirm,
	multiselect,
	select,
	text,
	updateSettings,
} from '@clack/prompts';
import type {Reading} from '../../config/kinds.js';
import {isLoopback} from '../../config/server-kinds.js';
import {wireFormatNames, type WireFormatName} from '../../exchange/usage.js';
import {usualCap} from './answers.js';
import {askKey} from './ask-key.js';
import {askModel} from './ask-model.js';
import {askZone} from './ask-zone.js';
import {nextSteps, type Asker, type Next} from './asker.js';
import {inWords} from './by-default.js';
import {output, question, type Ask, type Understood} from './question.js';
import {say, show} from './say.js';
import {capOf, howToNameIt, urlOf} from './written-answer.js';

/**
Asks a person at the terminal. `left` aborts when a signal asks this process to leave.
*/
export function byHand({
	env,
	left,
}: Readonly<{env: NodeJS.ProcessEnv; left: AbortSignal}>): Asker {
	// Ctrl-d is how one leaves a shell.
	updateSettings({aliases: {'\u{4}': 'cancel'}});
	let isBegun = false;
	const ask: Ask = async (prompt) => {
		if (!isBegun) {
			say('info', 'A first config: some questions, then you see the file.');
			isBegun = true;
		}

		return question(prompt, {left, onKey: sayPasted});
	};

	const understood = askingFor(ask);
	return {
		begin() {
			// Whatever is missing is asked for.
		},
		url: async (before) =>
			understood('Base URL of the API?', urlOf, before ?? baseUrlOf(env)),
		key: async (url) => askKey(url, {env, ask, understood}),
		busy(words) {
			say('step', words);
		},
		tell(notes) {
			for (const note of notes) {
				say('info', note);
			}
		},
		async whatNow({findings}) {
			for (const finding of findings) {
				if (finding.standing === 'bad') {
					say('error', inWords(finding));
				}
			}

			return ask(async (common) =>
				select<Next>({
					...common,
					message: 'What now?',
					options: nextSteps.map((value) => ({
						value,
						label: value[0]!.toUpperCase() + value.slice(1),
					})),
				}),
			);
		},
		formats: async (found) =>
			ask<readonly WireFormatName[]>(async (common) =>
				multiselect({
					...common,
					message: 'Wire formats it speaks?',
					options: wireFormatNames.map((value) => ({value})),
					initialValues: [...found],
				}),
			),
		model: async (role, given) => askModel(role, given, {ask, understood}),
		cap: async () =>
			understood('Dollars a day? (empty: no cap)', capOf, String(usualCap)),
		atCap: async (aliases) => askAtCap(ask, aliases),
		zone: async () => askZone(ask),
		async mayWrite(file, toml) {
			say('step', `This is what ${file} gets:`);
			show(toml.trimEnd().split('\n'));
			if (!isBegun) {
				// The flags have said it all.
				output.write('\n');
				return true;
			}

			const isWanted = await ask(async (common) =>
				confirm({...common, message: 'Write this file?'}),
			);
			output.write('\n');
			return isWanted;
		},
	};
}

const sayPasted = () => {
	say('warn', `That looks like a key itself: it is not taken. ${howToNameIt}`);
};

const askingFor =
	(ask: Ask): Understood =>
	async (message, understand, initialValue = '') => {
		const written = await ask<string>(async (common) =>
			text({
				...common,
				message,
				initialValue,
				validate: (said = '') => whatIsWrong(understand(said)),
			}),
		);
		const reading = understand(written);
		if (reading.kind === 'wrong') {
			throw new Error('An answer was taken that is not understood.');
		}

		return reading.value;
	};

const whatIsWrong = (reading: Reading<unknown>): string | undefined =>
	reading.kind === 'read'
		? undefined
		: `This ${reading.wrong}. ${reading.instead ?? ''}`.trim();

/**
What the agent uses now, where that is set and not Tollgate itself.
*/
function baseUrlOf({ANTHROPIC_BASE_URL: said = ''}: NodeJS.ProcessEnv): string {
	const reading = urlOf(said);
	return reading.kind === 'read' && !isLoopback(new URL(reading.value).hostname)
		? said
		: '';
}

const askAtCap = async (
	ask: Ask,
	aliases: readonly string[],
): Promise<string> =>
	ask<string>(async (common) =>
		select({
			...common,
			message: 'What happens at the cap?',
			options: [
				{value: 'ask', label: 'Wait, and ask in the monitor'},
				{value: 'refuse', label: 'Refuse at once'},
				...aliases
					.filter((alias) => alias === 'coding-fast')
					.map((alias) => ({
						value: `alias:${alias}`,
						label: `Go on with ${alias}`,
					})),
			],
		}),
	);
