/**
`warn`: it works, and something about it is worth knowing or changing.
*/
export type Standing = 'ok' | 'warn' | 'bad' | 'skipped';

export type Finding = Readonly<{
	/**
	Stable name, as in `--json`: `url`, `network`, `key`, `models`, `model`, `messages`, …
	*/
	check: string;
	standing: Standing;
	/**
	What came back, in one sentence.
	*/
	said: string;
	/**
	What to change, in one sentence; absent where nothing is to be changed.
	*/
	fix?: string;
	/**
	The same request by hand; the key is a shell variable or `…`.
	*/
	curl?: string;
	tookMs?: number;
	costNanodollars?: number;
}>;
