import type {AuthScheme} from '../config/endpoint-kinds.js';
import {isLoopback} from '../config/server-kinds.js';
import {withoutKeyShapes} from '../exchange/clean.js';
import type {WireFormatName} from '../exchange/usage.js';
import type {PriceBook} from '../pricing/price-book.js';
import type {ListedModel} from '../wire/models-list.js';
import type {Ask} from './ask.js';
import type {Finding} from './check.js';
import type {Knocked} from './knock.js';
import {usualScheme, type Credential} from './requests.js';
import type {Tasted} from './taste.js';
import type {Manner} from './tiny.js';

/**
The key that an endpoint is asked with. `agent`: it comes with each request, and we have none.
*/
export type Key =
	| Readonly<{
			kind: 'here';
			text: string;
			/**
			In its place in a command: `$KISSAPI_KEY`.
			*/
			shown: string;
			/**
			Where it comes from, to say in a sentence: `KISSAPI_KEY`.
			*/
			from: string;
	  }>
	| Readonly<{kind: 'missing'; said: string; fix: string}>
	| Readonly<{kind: 'agent' | 'none'}>;

/**
A model that the config names for this endpoint, and where: `[aliases.coding-fast]`.
*/
export type NamedModel = Readonly<{id: string; place: string}>;

/**
All that is known of an endpoint so far. Each check adds to it.
*/
export type Chart = Readonly<{
	/**
	Its name in the config; undefined for one that is known by its URL alone.
	*/
	endpoint: string | undefined;
	/**
	As it was given.
	*/
	given: URL;
	/**
	Where it is asked: as given, until another place turns out to be meant.
	*/
	base: URL;
	formats: readonly WireFormatName[];
	/**
	The user named the formats: one that is not spoken is a mistake.
	*/
	areFormatsSaid: boolean;
	auth: AuthScheme | undefined;
	key: Key;
	/**
	On the way there, to say in a sentence: `proxy.example:3128`.
	*/
	proxy: string | undefined;
	/**
	Other hosts that the user may have meant.
	*/
	knownHosts: readonly string[];
	/**
	Asked for on the command line.
	*/
	wantedModel: string | undefined;
	namedModels: readonly NamedModel[];
	prices: PriceBook;
	/**
	Nothing may cost anything.
	*/
	isFree: boolean;
	ask: Ask;
	/**
	The answer to a request for the list of models.
	*/
	knocked?: Knocked;
	/**
	Undefined where it has no list.
	*/
	listed?: readonly ListedModel[];
	/**
	Those that are not known not to be spoken.
	*/
	spoken?: readonly WireFormatName[];
	/**
	The model that is asked.
	*/
	model?: string;
	/**
	Where the user named it; undefined where it was chosen here.
	*/
	modelPlace?: string | undefined;
	/**
	There is a list, and it is not in it: an answer has to show whether it is there all the same.
	*/
	isUnlisted?: boolean;
	/**
	How it has to be asked.
	*/
	manners?: Readonly<Partial<Record<WireFormatName, Manner>>>;
	/**
	Answers to the tiny requests.
	*/
	tasted?: readonly Tasted[];
}>;

/**
What a check came to. `over`: nothing that comes after it would say anything new.
*/
export type Outcome = Readonly<{
	findings: readonly Finding[];
	chart: Chart;
	over?: boolean;
}>;

export type Check = (chart: Chart) => Promise<Outcome>;

/**
What may not be shown: the key, what stands in the query of the url, and a key in its path.
*/
export const secretsOf = ({
	key,
	given,
}: Pick<Chart, 'key' | 'given'>): readonly string[] =>
	[
		...(key.kind === 'here' ? [key.text] : []),
		...given.searchParams.values(),
		...given.search.split(/[&=?]/),
		...given.pathname.split('/').filter((part) => isKeyShaped(part)),
	].filter((text) => text.length >= shortestSecret);

/**
Some gateways want the key in the path.
*/
const isKeyShaped = (part: string): boolean => withoutKeyShapes(part) !== part;

/**
Shorter ones are words, not secrets.
*/
const shortestSecret = 8;

/**
What to ask with in a format; undefined where there is no key.
*/
export const credentialFor = (
	{key, auth}: Pick<Chart, 'key' | 'auth'>,
	format: WireFormatName,
): Credential | undefined =>
	key.kind === 'here'
		? {key: key.text, scheme: auth ?? usualScheme(format)}
		: undefined;

/**
How a key is shown in a command by hand.
*/
export const shownKey = ({
	key,
}: Pick<Chart, 'key'>): Readonly<{key: string | undefined; shown: string}> =>
	key.kind === 'here'
		? {key: key.text, shown: key.shown}
		: {key: undefined, shown: '…'};

/**
Nobody on the way can read what is said: it is encrypted, or does not leave this machine.
*/
export const isPrivateWay = (url: URL): boolean =>
	url.protocol === 'https:' || isLoopback(bare(url.hostname));

/**
Also where machines of one house or company talk to each other.
*/
export const isNearby = ({hostname}: URL): boolean =>
	isLoopback(bare(hostname)) ||
	/^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|f[cd][\da-f]{2}:|fe80:)/i.test(
		bare(hostname),
	) ||
	/\.(?:local|internal|lan|home\.arpa)$/i.test(hostname) ||
	!/[.:]/.test(hostname);

const bare = (hostname: string): string => hostname.replaceAll(/^\[|\]$/g, '');

/**
Where the user has to write: a sentence without its full stop.
*/
export const writeUrl = ({endpoint}: Chart, url: string): string =>
	endpoint === undefined
		? `Write ${url} instead`
		: `Write url = "${url}" in [endpoints.${endpoint}]`;
