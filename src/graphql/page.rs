//! Relay connections over the pages of the domain.

use std::sync::Arc;

use async_graphql::{
    ObjectType, OutputType,
    connection::{Connection, CursorType, Edge, EmptyFields},
};

use crate::domain::{
    Services,
    page::{Page, PageInput, Position},
};

/// A connection of `Node`s with the extra fields `Fields`, such as `totalCount`.
pub(super) type Connected<Node, Fields> = Connection<Cursor, Node, Fields>;

/// A place in a list; sealed only if the cursor is selected.
pub struct Cursor {
    services: Arc<Services>,
    list: &'static str,
    position: Position,
}

impl CursorType for Cursor {
    type Error = &'static str;

    /// Cursors are opened by the domain, which knows the list they must belong to.
    fn decode_cursor(_: &str) -> Result<Self, Self::Error> {
        Err("cursors are opened by the domain")
    }

    fn encode_cursor(&self) -> String {
        self.position.seal(&self.services.keys, self.list)
    }
}

/// A page as a connection; `list` and `position` make the cursors.
pub(super) fn connection<Row, Node, Fields>(
    services: &Arc<Services>,
    list: &'static str,
    page: Page<Row>,
    position: impl Fn(&Row) -> Position,
    node: impl Fn(Row) -> Node,
    fields: Fields,
) -> Connected<Node, Fields>
where
    Node: OutputType,
    Fields: ObjectType,
{
    let mut connection =
        Connection::with_additional_fields(page.has_previous, page.has_next, fields);
    connection.edges.extend(page.rows.into_iter().map(|row| {
        let cursor = Cursor { services: services.clone(), list, position: position(&row) };
        Edge::<_, _, EmptyFields>::new(cursor, node(row))
    }));
    connection
}

/// The four arguments of a connection.
pub(super) fn page_input(
    first: Option<i32>,
    after: Option<String>,
    last: Option<i32>,
    before: Option<String>,
) -> PageInput {
    PageInput { first: first.map(i64::from), after, last: last.map(i64::from), before }
}
