// @generated for `dub-sdk` by `cargo xtask regen` from the OpenAPI document. Do not edit.

//! JSON serialization and deserialization of the structs in `models`.

use crate::generated::models;
use crate::runtime::object::{FieldReader, Object, FieldWriter};
use crate::runtime::{AttachedResponse, Timestamp, object};

impl Object for models::Customer {
    fn placeholder() -> Self {
        Self {
            id: String::new(),
            name: None,
            email: None,
            avatar: None,
            external_id: String::new(),
            stripe_customer_id: None,
            country: None,
            sales: None,
            sale_amount: None,
            created_at: Timestamp::from(""),
            first_sale_at: None,
            subscription_canceled_at: None,
            link: None,
            program_id: None,
            partner: None,
            discount: None,
        }
    }

    fn read<F: FieldReader>(&mut self, fields: &mut F) {
        fields.required("id", &mut self.id);
        fields.optional("name", &mut self.name);
        fields.optional("email", &mut self.email);
        fields.optional("avatar", &mut self.avatar);
        fields.required("externalId", &mut self.external_id);
        fields.optional("stripeCustomerId", &mut self.stripe_customer_id);
        fields.optional("country", &mut self.country);
        fields.optional_numbers("sales", &mut self.sales);
        fields.optional_numbers("saleAmount", &mut self.sale_amount);
        fields.required("createdAt", &mut self.created_at);
        fields.optional("firstSaleAt", &mut self.first_sale_at);
        fields.optional("subscriptionCanceledAt", &mut self.subscription_canceled_at);
        fields.optional("link", &mut self.link);
        fields.optional("programId", &mut self.program_id);
        fields.optional("partner", &mut self.partner);
        fields.optional("discount", &mut self.discount);
    }

    fn write<O: FieldWriter>(&self, out: &mut O) {
        out.field("id", &self.id);
        out.optional("name", &self.name);
        out.optional("email", &self.email);
        out.optional("avatar", &self.avatar);
        out.field("externalId", &self.external_id);
        out.optional("stripeCustomerId", &self.stripe_customer_id);
        out.optional("country", &self.country);
        out.optional_numbers("sales", &self.sales);
        out.optional_numbers("saleAmount", &self.sale_amount);
        out.field("createdAt", &self.created_at);
        out.optional("firstSaleAt", &self.first_sale_at);
        out.optional("subscriptionCanceledAt", &self.subscription_canceled_at);
        out.optional("link", &self.link);
        out.optional("programId", &self.program_id);
        out.optional("partner", &self.partner);
        out.optional("discount", &self.discount);
    }
}

object!(models::Customer);

impl Object for models::CustomerDiscount {
    fn placeholder() -> Self {
        Self {
            id: String::new(),
            amount: 0,
            r#type: models::CustomerDiscountType::Unknown(String::new()),
            max_duration: None,
            coupon_id: None,
            coupon_test_id: None,
            description: None,
            partners_count: None,
        }
    }

    fn read<F: FieldReader>(&mut self, fields: &mut F) {
        fields.required("id", &mut self.id);
        fields.required_numbers("amount", &mut self.amount);
        fields.required("type", &mut self.r#type);
        fields.optional_numbers("maxDuration", &mut self.max_duration);
        fields.optional("couponId", &mut self.coupon_id);
        fields.optional("couponTestId", &mut self.coupon_test_id);
        fields.optional("description", &mut self.description);
        fields.optional_numbers("partnersCount", &mut self.partners_count);
    }

    fn write<O: FieldWriter>(&self, out: &mut O) {
        out.field("id", &self.id);
        out.numbers("amount", &self.amount);
        out.field("type", &self.r#type);
        out.numbers("maxDuration", &self.max_duration);
        out.field("couponId", &self.coupon_id);
        out.field("couponTestId", &self.coupon_test_id);
        out.optional("description", &self.description);
        out.optional_numbers("partnersCount", &self.partners_count);
    }
}

object!(models::CustomerDiscount);

impl Object for models::CustomerLink {
    fn placeholder() -> Self {
        Self {
            id: String::new(),
            domain: String::new(),
            key: String::new(),
            short_link: String::new(),
            url: String::new(),
            program_id: None,
        }
    }

    fn read<F: FieldReader>(&mut self, fields: &mut F) {
        fields.required("id", &mut self.id);
        fields.required("domain", &mut self.domain);
        fields.required("key", &mut self.key);
        fields.required("shortLink", &mut self.short_link);
        fields.required("url", &mut self.url);
        fields.optional("programId", &mut self.program_id);
    }

    fn write<O: FieldWriter>(&self, out: &mut O) {
        out.field("id", &self.id);
        out.field("domain", &self.domain);
        out.field("key", &self.key);
        out.field("shortLink", &self.short_link);
        out.field("url", &self.url);
        out.field("programId", &self.program_id);
    }
}

object!(models::CustomerLink);

impl Object for models::CustomerPartner {
    fn placeholder() -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            email: None,
            image: None,
        }
    }

    fn read<F: FieldReader>(&mut self, fields: &mut F) {
        fields.required("id", &mut self.id);
        fields.required("name", &mut self.name);
        fields.optional("email", &mut self.email);
        fields.optional("image", &mut self.image);
    }

    fn write<O: FieldWriter>(&self, out: &mut O) {
        out.field("id", &self.id);
        out.field("name", &self.name);
        out.field("email", &self.email);
        out.field("image", &self.image);
    }
}

object!(models::CustomerPartner);

impl Object for models::DeleteCustomerResponse {
    fn placeholder() -> Self {
        Self { id: String::new() }
    }

    fn read<F: FieldReader>(&mut self, fields: &mut F) {
        fields.required("id", &mut self.id);
    }

    fn write<O: FieldWriter>(&self, out: &mut O) {
        out.field("id", &self.id);
    }
}

object!(models::DeleteCustomerResponse);

impl Object for models::ErrorDetail {
    fn placeholder() -> Self {
        Self {
            code: models::ErrorCode::Unknown(String::new()),
            message: String::new(),
            doc_url: None,
            response: AttachedResponse::default(),
        }
    }

    fn read<F: FieldReader>(&mut self, fields: &mut F) {
        fields.required("code", &mut self.code);
        fields.required("message", &mut self.message);
        fields.optional("doc_url", &mut self.doc_url);
    }

    fn write<O: FieldWriter>(&self, out: &mut O) {
        out.field("code", &self.code);
        out.field("message", &self.message);
        out.optional("doc_url", &self.doc_url);
    }
}

object!(models::ErrorDetail);
