/** Version of the bundled facts and prices; changes with every change of data. */
export const version = '2026.11.25.2'
