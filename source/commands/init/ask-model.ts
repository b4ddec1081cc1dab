import {autocomplete, select} from '@clack/prompts';
import {good, type Reading} from '../../config/kinds.js';
import {printable} from '../../config/printable.js';
import {none, type Role} from './answers.js';
import type {ModelQuestion} from './asker.js';
import type {Ask, Understood} from './question.js';
import {shortPrice, type Choice} from './model-choice.js';
import {modelOf} from './written-answer.js';

/**
More than these are searched by typing.
*/
const fewEnough = 12;
const mostShown = 10;

/**
The id of a model for an alias, out of those that there are; written by hand where that is not known. Undefined for
none.
*/
export async function askModel(
	role: Role,
	{choices, picked}: ModelQuestion,
	{ask, understood}: Readonly<{ask: Ask; understood: Understood}>,
): Promise<string | undefined> {
	const message = `${role.alias}, for ${role.words}?`;
	if (choices.length === 0) {
		return understood(`${message} (id, or empty)`, idOrNone);
	}

	const options = optionsOf(choices, picked);
	const common = {
		message,
		options,
		initialValue: picked ?? likeliest(role, choices),
	};
	const id = await ask<string>(async (more) =>
		choices.length > fewEnough
			? autocomplete({
					...common,
					...more,
					maxItems: mostShown,
					filter: (written, {value}) => isLike(value, written),
					validate: (value) =>
						value === undefined ? 'No model has that in its id.' : undefined,
				})
			: select({...common, ...more}),
	);
	return id === none ? undefined : id;
}

/**
Where none of its class is there, only everyday work still needs a model.
*/
const likeliest = ({flag}: Role, choices: readonly Choice[]): string =>
	flag === 'default' ? choices[0]!.id : none;

const idOrNone = (text: string): Reading<string | undefined> =>
	['', none].includes(text.trim()) ? good(undefined) : modelOf(text);

/**
What is most likely meant stands first: in a long list one would not find it.
*/
function optionsOf(
	choices: readonly Choice[],
	picked: string | undefined,
): Array<{value: string; label: string}> {
	const inOrder = choices.toSorted(
		(one, other) => Number(other.id === picked) - Number(one.id === picked),
	);
	return [
		...inOrder.map((choice) => ({
			value: choice.id,
			label: `${printable(choice.id)}  ${shortPrice(choice)}`,
		})),
		{value: none, label: 'none: leave this alias out'},
	];
}

/**
Every word that was written stands somewhere in the id.
*/
const isLike = (id: string, written: string): boolean =>
	written
		.toLowerCase()
		.split(/\s+/v)
		.every((word) => id.toLowerCase().includes(word));
