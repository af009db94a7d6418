/** What the figures of the accuracy page are, for the page and for the repository. */
export const accuracyIntroduction =
  'Every figure is the error, in per cent of the measured value, on rows that the fit had not seen: of the same deployment at other lengths (series), of another layout or engine version (deployment), on a GPU or of a model that no row behind the fit has. Bias is the mean of predicted / measured - 1. The band of a row is made from the residuals of the other folds.'
