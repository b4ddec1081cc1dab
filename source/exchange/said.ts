/**
A cause and its remedy in words.
*/
export type Words = Readonly<{
	/**
	The same thing ever shorter: the first fits a line, the last a cell of a table.
	*/
	short: readonly string[];
	/**
	What happened: one or two sentences.
	*/
	cause: string;
	/**
	What to do about it; empty where nothing is to be done.
	*/
	remedy: string;
}>;

export const said = (
	short: readonly string[],
	cause: string,
	remedy = '',
): Words => ({short, cause, remedy});

/**
Both in a row.
*/
export const inFull = ({cause, remedy}: Words): string =>
	remedy === '' ? cause : `${cause} ${remedy}`;

/**
How an endpoint stands in a sentence; its name is not always known.
*/
export const theEndpoint = (name: string | null | undefined): string =>
	name ? `The endpoint ${name}` : 'The endpoint';

export const ofEndpoint = (name: string | null | undefined): string =>
	name ? `[endpoints.${name}]` : 'its endpoint';
