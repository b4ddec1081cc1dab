/**
The text of a variable. Where it holds a secret, the name of the variable that the secret is in, and what stands
before it: secrets are never printed.
*/
export type Value = string | Readonly<{before: string; variable: string}>;

export type Variables = Readonly<Record<string, Value>>;

/**
What makes a client come to us.
*/
export type Setup = Readonly<{
	variables: Variables;
	/**
	Words right behind the name of the program.
	*/
	args: readonly string[];
	/**
	What can be written by hand, and where; never by us.
	*/
	byHand?: Readonly<{where: string; text: string}>;
}>;

/**
What decides how clients are set up.
*/
export type Facts = Readonly<{
	/**
	Where the passthrough listens, without a path.
	*/
	url: string;
	/**
	No request goes on with the agent's own credential: it may be any text.
	*/
	holdsKeys: boolean;
	/**
	The variable that the secret of a local key is in.
	*/
	keyVariable: string | undefined;
	/**
	Whether the first block that Claude Code puts before its prompt may go. It changes with each request, so no
	cache of another endpoint than Anthropic's would ever be read.
	*/
	dropsAttribution: boolean;
	/**
	So long a request may take until its first byte, milliseconds.
	*/
	patienceMs: number;
	/**
	What is set already.
	*/
	env: NodeJS.ProcessEnv;
}>;

/**
A credential for clients that do not start without one. Where we hold the endpoint's key it goes no further.
*/
export const placeholder = 'tollgate';

export const keyHeader = 'x-tollgate-key';

export const versioned = ({url}: Pick<Facts, 'url'>): string => `${url}/v1`;

/**
What stands where a client expects its own key: the local key, or a placeholder. Only where we hold the endpoint's.
*/
export const ownKey = ({keyVariable}: Facts): Value =>
	keyVariable === undefined ? placeholder : {before: '', variable: keyVariable};

/**
The local key beside the agent's own credential, in a variable that adds headers.
*/
export const keyAsHeader = (name: string, {keyVariable}: Facts): Variables =>
	keyVariable === undefined
		? {}
		: {[name]: {before: `${keyHeader}: `, variable: keyVariable}};
