import type {Probe} from '../../doctor/probe.js';
import type {WireFormatName} from '../../exchange/usage.js';
import type {Role} from './answers.js';
import type {Choice} from './model-choice.js';

/**
What to do where something is wrong with the endpoint.
*/
export const nextSteps = [
	'change the URL',
	'change the key',
	'ask again',
	'go on',
] as const;
export type Next = (typeof nextSteps)[number];

/**
`picked` is the one of the choices that is most likely meant.
*/
export type ModelQuestion = Readonly<{
	choices: readonly Choice[];
	picked: string | undefined;
	isAgentKey: boolean;
}>;

/**
Who answers what the flags leave open: a person, or the defaults. Throws a UserError for what has no default.
*/
export type Asker = Readonly<{
	/**
	Throws where one of these is missing that it cannot ask for: so nothing is done before.
	*/
	begin(given: Readonly<{url: boolean; key: boolean}>): void;
	url(before: string | undefined): Promise<string>;
	key(url: string): Promise<string>;
	/**
	Says that something takes its time.
	*/
	busy(words: string): void;
	/**
	Says what is good to know, one sentence each.
	*/
	tell(notes: readonly string[]): void;
	/**
	Something is wrong: what now?
	*/
	whatNow(probe: Probe): Promise<Next>;
	formats(found: readonly WireFormatName[]): Promise<readonly WireFormatName[]>;
	/**
	The id of a model; undefined for none.
	*/
	model(role: Role, given: ModelQuestion): Promise<string | undefined>;
	cap(): Promise<number | undefined>;
	atCap(aliases: readonly string[]): Promise<string>;
	zone(): Promise<string>;
	/**
	Shows the text and asks whether to write it.
	*/
	mayWrite(file: string, text: string): Promise<boolean>;
}>;

/**
Somebody who was asked has left.
*/
export class Left extends Error {
	override readonly name = 'Left';
}
