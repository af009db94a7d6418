/** The version of the mathematics, which is that of the package: saved answers say which one made them. */
export const engineVersion = '0.1.0'
