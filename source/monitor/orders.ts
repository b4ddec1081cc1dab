export const orderKinds = ['resume', 'cancel'] as const;
export type OrderKind = (typeof orderKinds)[number];

/**
What was asked here of one request under way: that it goes on although all are paused, or that it ends.
*/
export type Order = Readonly<{
	exchange: number;
	kind: OrderKind;
	askedAtMs: number;
	isWritten: boolean;
	/**
	Why it could not be written.
	*/
	problem: string | undefined;
}>;
