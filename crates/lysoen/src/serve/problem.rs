//! What went wrong, as `application/problem+json` (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use lysoen_answers::AnswerError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::output::OutputError;

/// An error, told to whoever asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// What kind of problem; `about:blank` where its title says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// The HTTP status.
    status: u16,
    /// What is wrong, and what to do.
    detail: String,
    /// Seconds after which to ask again.
    #[serde(skip)]
    again: Option<u32>,
}

impl Problem {
    fn new(status: StatusCode, detail: impl Into<String>) -> Problem {
        Problem {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").to_string(),
            status: status.as_u16(),
            detail: detail.into(),
            again: None,
        }
    }

    /// The question cannot be understood.
    pub(crate) fn bad(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, detail)
    }

    /// What is asked for is not there.
    pub(crate) fn not_found(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_FOUND, detail)
    }

    /// It is not allowed.
    pub(crate) fn forbidden(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::FORBIDDEN, detail)
    }

    /// It is there, but not for this method.
    pub(crate) fn method() -> Problem {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this address does not take that method")
    }

    /// The form asked for cannot be given.
    pub(crate) fn form(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::NOT_ACCEPTABLE, detail)
    }

    /// Not now: it is still being computed, or there is too much to do.
    pub(crate) fn later(detail: impl Into<String>, seconds: u32) -> Problem {
        Problem {
            again: Some(seconds),
            ..Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail)
        }
    }

    /// The question took too long.
    pub(crate) fn slow() -> Problem {
        Problem::new(StatusCode::REQUEST_TIMEOUT, "the request took longer than it may")
    }

    /// Something of the program's own is wrong. What, is for the log; nobody else is told of files and folders.
    pub(crate) fn inside(error: &dyn std::fmt::Display) -> Problem {
        tracing::error!("{error}");
        Problem::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the answer could not be made; the server's log says why",
        )
    }

    /// An error of a status that something else has made, in this form.
    pub(crate) fn of_status(status: StatusCode) -> Problem {
        let detail = match status {
            StatusCode::PAYLOAD_TOO_LARGE => "the request is larger than it may be",
            StatusCode::TOO_MANY_REQUESTS => "too many requests from this address; wait a little",
            StatusCode::REQUEST_TIMEOUT => return Problem::slow(),
            StatusCode::METHOD_NOT_ALLOWED => return Problem::method(),
            _ => "the request could not be answered",
        };
        Problem::new(status, detail)
    }
}

impl From<AnswerError> for Problem {
    fn from(error: AnswerError) -> Problem {
        match error {
            AnswerError::Place(_)
            | AnswerError::Measure { .. }
            | AnswerError::NoFigures { .. }
            | AnswerError::NoPeriod
            | AnswerError::Source(_)
            | AnswerError::NoSuchRecipe { .. }
            | AnswerError::NoSuchPeriod { .. }
            | AnswerError::NoAreas(_)
            | AnswerError::NoEvents { .. }
            | AnswerError::NoInstrument { .. }
            | AnswerError::NoElement { .. }
            | AnswerError::NoPolicy { .. }
            | AnswerError::NoClass { .. }
            | AnswerError::NoTrigger { .. } => Problem::not_found(error.to_string()),
            AnswerError::Refused(_) => Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string()),
            AnswerError::Broken(_) => Problem::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
            AnswerError::NotYet { .. } | AnswerError::Weight { .. } | AnswerError::Impact(_) => {
                Problem::bad(error.to_string())
            }
            other => Problem::inside(&other),
        }
    }
}

impl From<OutputError> for Problem {
    fn from(error: OutputError) -> Problem {
        match error {
            OutputError::TooManyRows => Problem::form(error.to_string()),
            other => Problem::inside(&other),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.again {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
