import type {WireFormatName} from '../../exchange/usage.js';
import {UserError} from '../../user-error.js';
import {roles, usualAtCap, type Answers} from './answers.js';
import type {Asker} from './asker.js';
import {chooseModels} from './choose-models.js';
import {endpointName} from './endpoint-name.js';
import type {Said} from './flags.js';
import type {Choice} from './model-choice.js';
import {arePricesOwn, findPlace, usualFormats, type Reach} from './place.js';

export type Gathered = Readonly<{
	answers: Answers;
	/**
	The models that there are, as far as that is known.
	*/
	choices: readonly Choice[];
}>;

/**
All answers: those of the flags, and for the rest those of the asker.
*/
export async function gather(
	said: Said,
	{asker, reach}: Readonly<{asker: Asker; reach: Reach}>,
): Promise<Gathered> {
	asker.begin({url: said.url !== undefined, key: said.key !== undefined});
	const place = await findPlace(said, {asker, reach});
	const {url, key, auth, choices} = place;
	const formats = said.formats ?? (await asker.formats(place.formats));
	const models = await chooseModels(said.models, place, asker);
	const aliases = roles
		.filter(({flag}) => models[flag] !== undefined)
		.map(({alias}) => alias);
	refuseMissingAlias(said.atCap, aliases);
	const cap = said.cap === undefined ? await asker.cap() : said.cap.dollars;
	const atCap =
		said.atCap ?? (cap === undefined ? usualAtCap : await asker.atCap(aliases));
	return {
		answers: {
			name: said.name ?? endpointName(url),
			url,
			key,
			formats: isSame(formats, usualFormats(url)) ? undefined : formats,
			auth,
			arePricesListed: arePricesOwn(place),
			models,
			cap,
			atCap,
			zone: said.zone ?? (await asker.zone()),
		},
		choices,
	};
}

const isSame = (
	one: readonly WireFormatName[],
	other: readonly WireFormatName[],
): boolean =>
	one.length === other.length && one.every((name) => other.includes(name));

/**
When the flag was read, it was not known which aliases there will be.
*/
function refuseMissingAlias(
	atCap: string | undefined,
	aliases: readonly string[],
): void {
	const {alias} = /^alias:(?<alias>.+)$/v.exec(atCap ?? '')?.groups ?? {};
	if (alias !== undefined && !aliases.includes(alias)) {
		throw new UserError(
			`--at-cap names the alias "${alias}", and the file gets none of that name.`,
			'Give that alias a model, or write --at-cap ask.',
			{exitCode: 2},
		);
	}
}
