import type {AuthScheme} from '../../config/endpoint-kinds.js';
import type {WireFormatName} from '../../exchange/usage.js';

/**
The aliases that a first config has. `flag` names the model of each; `line` is the class of models it is for, as
their ids say.
*/
export const roles = [
	{
		alias: 'coding-fast',
		flag: 'fast',
		line: 'haiku',
		words: 'small errands',
	},
	{
		alias: 'coding-default',
		flag: 'default',
		line: 'sonnet',
		words: 'everyday work',
	},
	{
		alias: 'coding-deep',
		flag: 'deep',
		line: 'opus',
		words: 'hard problems',
	},
] as const;
export type Role = (typeof roles)[number];

/**
The exact id of a model for each alias; undefined where it is left out.
*/
export type Models = Readonly<Record<Role['flag'], string | undefined>>;

/**
All that a first config says.
*/
export type Answers = Readonly<{
	/**
	Of the endpoint.
	*/
	name: string;
	/**
	As it is written into the file.
	*/
	url: string;
	/**
	`env:NAME`, `cmd:COMMAND` or `agent`.
	*/
	key: string;
	/**
	Undefined where what holds without saying is meant.
	*/
	formats: readonly WireFormatName[] | undefined;
	/**
	The headers that carry the key, where they are not the usual ones.
	*/
	auth: AuthScheme | undefined;
	/**
	Whether the endpoint's own list of models tells its prices.
	*/
	arePricesListed: boolean;
	models: Models;
	/**
	US dollars a day; undefined for no cap.
	*/
	cap: number | undefined;
	/**
	`ask`, `refuse` or `alias:NAME`.
	*/
	atCap: string;
	/**
	`system`, or an IANA name.
	*/
	zone: string;
}>;

/**
What one says instead of an answer, to have none.
*/
export const none = 'none';

export const usualCap = 20;
export const usualAtCap = 'ask';
