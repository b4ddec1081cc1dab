import type {AuthScheme} from '../../config/endpoint-kinds.js';
import type {Probe} from '../../doctor/probe.js';
import {wireFormatNames, type WireFormatName} from '../../exchange/usage.js';
import {catalogueModels} from '../../pricing/catalogue.js';
import {providerOf} from '../../pricing/host.js';
import {PriceBook} from '../../pricing/price-book.js';
import type {Asker} from './asker.js';
import {inWords} from './by-default.js';
import type {Said} from './flags.js';
import type {Choice} from './model-choice.js';

/**
Asks an endpoint. `key` as it is written in the file.
*/
export type Reach = (
	given: Readonly<{url: string; key: string}>,
) => Promise<Probe>;

/**
An endpoint, and what is known of it.
*/
export type Place = Readonly<{
	url: string;
	key: string;
	formats: readonly WireFormatName[];
	/**
	Undefined where the key is taken in the usual headers.
	*/
	auth: AuthScheme | undefined;
	choices: readonly Choice[];
	/**
	Whether the endpoint itself has listed the choices.
	*/
	isListed: boolean;
}>;

type Helpers = Readonly<{asker: Asker; reach: Reach}>;

/**
Where the endpoint is and where its key: asked for until the endpoint answers, or it is to be taken as it is.
*/
export async function findPlace(
	said: Pick<Said, 'url' | 'key' | 'offline'>,
	{asker, reach}: Helpers,
): Promise<Place> {
	let {url, key} = said;
	let before: string | undefined;
	for (;;) {
		/* eslint-disable no-await-in-loop -- Each answer may change the next question. */
		url ??= await asker.url(before);
		key ??= await asker.key(url);
		if (said.offline) {
			return unseen({url, key});
		}

		asker.busy(`Asking ${shownUrl(url)} …`);
		const probe = await reach({url, key});
		const next = probe.works ? 'go on' : await asker.whatNow(probe);
		/* eslint-enable no-await-in-loop */
		if (next === 'go on') {
			asker.tell(notesOf(probe, url));
			return seen(probe, {url, key});
		}

		before = url;
		url = next === 'change the URL' ? undefined : url;
		key = next === 'change the key' ? undefined : key;
	}
}

type Given = Readonly<{url: string; key: string}>;

const unseen = ({url, key}: Given): Place => ({
	url,
	key,
	formats: usualFormats(url),
	auth: undefined,
	choices: knownAt(url),
	isListed: false,
});

function seen(probe: Probe, {url: given, key}: Given): Place {
	const url = withQuery(probe.url, given);
	return {
		url,
		key,
		formats: probe.formats.length === 0 ? usualFormats(url) : probe.formats,
		auth: probe.auth,
		choices: probe.models.length === 0 ? knownAt(url) : probe.models,
		isListed: probe.models.length > 0,
	};
}

/**
A corrected URL is told without its query: that is the one of the URL as it was given.
*/
const withQuery = (found: string, given: string): string =>
	found.endsWith('?…') ? found.slice(0, -2) + new URL(given).search : found;

/**
A query may hold anything: it is not repeated.
*/
function shownUrl(url: string): string {
	const at = url.indexOf('?');
	return at === -1 ? url : `${url.slice(0, at)}?…`;
}

const notesOf = (
	{url, works, findings}: Probe,
	asked: string,
): readonly string[] => [
	...(url === asked
		? []
		: [
				`The API is at ${shownUrl(url)}, not at ${shownUrl(asked)}: that is what is written.`,
			]),
	...findings
		.filter(
			({standing, check}) =>
				works &&
				check !== 'url' &&
				(standing === 'warn' || (standing === 'skipped' && check === 'models')),
		)
		.map((finding) => inWords(finding)),
];

/**
The models of a provider's own API are known without a list.
*/
function knownAt(url: string): readonly Choice[] {
	const provider = providerOf(new URL(url).hostname);
	return provider === undefined
		? []
		: catalogueModels()
				.filter((model) => model.provider === provider)
				.map(({id, price}) => ({
					id,
					input: price.input,
					output: price.output,
				}));
}

/**
What holds where a config does not name any.
*/
export const usualFormats = (url: string): readonly WireFormatName[] =>
	providerOf(new URL(url).hostname) === 'anthropic'
		? ['anthropic-messages']
		: wireFormatNames;

/**
Whether the endpoint asks another price than the catalogue knows for any of its models.
*/
export function arePricesOwn({
	url,
	choices,
	isListed,
}: Pick<Place, 'url' | 'choices' | 'isListed'>): boolean {
	const book = new PriceBook({
		user: new Map(),
		host: new URL(url).hostname,
		multiplier: 1,
		takesListed: false,
	});
	return (
		isListed &&
		choices.some(({id, input, output}) => {
			const usual = book.find(undefined, id)?.price;
			return (
				input !== undefined &&
				(input !== usual?.input || output !== usual.output)
			);
		})
	);
}
