import {printable} from '../../config/printable.js';
import {UserError} from '../../user-error.js';
import {none, roles, type Models, type Role} from './answers.js';
import type {Asker} from './asker.js';
import {meantId, newestOf} from './model-choice.js';
import type {Place} from './place.js';
import {modelOf} from './written-answer.js';

/**
The model of each alias: as the flags say, and for the rest as the asker does. Throws a UserError (exit code 2) for an
id that there is not.
*/
export async function chooseModels(
	said: Models,
	place: Pick<Place, 'key' | 'choices' | 'isListed'>,
	asker: Pick<Asker, 'model'>,
): Promise<Models> {
	// Whatever is wrong is said before anything is asked.
	for (const role of roles) {
		refuseStranger(said[role.flag], role, place);
	}

	const models: Record<string, string | undefined> = {};
	for (const role of roles) {
		const written = said[role.flag];
		models[role.flag] =
			written === undefined
				? // eslint-disable-next-line no-await-in-loop -- One question after the other.
					await asker.model(role, {
						choices: place.choices,
						picked: newestOf(role.line, place.choices),
						isAgentKey: place.key === 'agent',
					})
				: written === none
					? undefined
					: written;
	}

	return models as Models;
}

/**
Where the endpoint does not list its models, an id is taken as it is; but none has spaces in it.
*/
function refuseStranger(
	written: string | undefined,
	{flag}: Role,
	{choices, isListed}: Pick<Place, 'choices' | 'isListed'>,
): void {
	const isId = written !== undefined && modelOf(written).kind === 'read';
	if (
		written === undefined ||
		written === none ||
		choices.some(({id}) => id === written) ||
		(isId && !isListed)
	) {
		return;
	}

	const meant = meantId(written, choices);
	throw new UserError(
		`--${flag} is "${printable(written)}", and ${isListed ? 'the endpoint lists no model of that id' : 'that is what people call a model, not its id'}.`,
		[
			meant === undefined
				? 'Write the exact id.'
				: `Did you mean "${printable(meant)}"?`,
			...(isListed && isId
				? ['With --no-probe the id is taken as it is.']
				: []),
		].join(' '),
		{exitCode: 2},
	);
}
