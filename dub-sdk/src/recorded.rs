//! Methods of the responses of the track operations, which tell whether something was recorded: the
//! status is 200 in both cases.

use crate::generated::models::{TrackLeadResponse, TrackSaleResponse};

impl TrackLeadResponse {
    /// Returns true if Dub accepted the lead, and false if it ignored the lead as a duplicate: the
    /// customer already had a lead with this event name in the last 7 days, or an earlier call with
    /// the same arguments failed.
    ///
    /// With the mode `Deferred`, true means that the customer exists. Dub then records the lead with
    /// a later call.
    ///
    /// ```
    /// use dub_sdk::models::TrackLeadResponse;
    ///
    /// let duplicate = TrackLeadResponse::default(); // `link` is `None`
    /// assert!(!duplicate.is_recorded());
    /// ```
    pub fn is_recorded(&self) -> bool {
        self.link.is_some()
    }
}

impl TrackSaleResponse {
    /// Returns true if Dub recorded the sale. It records none if the customer is unknown and the
    /// request has no `click_id`, or if the amount is 0.
    ///
    /// ```
    /// use dub_sdk::models::TrackSaleResponse;
    ///
    /// let ignored = TrackSaleResponse::default(); // `sale` is `None`
    /// assert!(!ignored.is_recorded());
    /// ```
    pub fn is_recorded(&self) -> bool {
        self.sale.is_some()
    }
}
