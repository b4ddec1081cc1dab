/**
Something the user can put right: the message says what is so, the hint what to do. Printed as two
lines, without a stack. Any other error is our bug.
*/
export class UserError extends Error {
	override readonly name = 'UserError';
	readonly hint: string;
	/**
	2 for wrong usage or a bad config, else 1.
	*/
	readonly exitCode: number;

	constructor(
		message: string,
		hint: string,
		{exitCode = 1, ...options}: ErrorOptions & {exitCode?: 1 | 2} = {},
	) {
		super(message, options);
		this.hint = hint;
		this.exitCode = exitCode;
	}
}
